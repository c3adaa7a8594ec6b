using FieldMedic.Packs;

namespace FieldMedic.Platform.Commands;

/// <summary><c>command</c>: a fixed argv of the pack that changes something.</summary>
public sealed record CommandRemedySettings : IRemedySettings
{
    /// <summary>Program and arguments; no shell.</summary>
    public required IReadOnlyList<string> Argv { get; init; }

    /// <summary>What it acts on, for the log and the limits; the service when absent.</summary>
    public string? Target { get; init; }

    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    public string? Service { get; init; }
}
