using FieldMedic.Packs;

namespace FieldMedic.Platform.Docker;

/// <summary><c>docker.exec</c>: a fixed argv of the pack that changes something inside the containers of a service.</summary>
public sealed record DockerExecRemedySettings : IRemedySettings
{
    /// <summary>The service; the finding's service when absent.</summary>
    public string? Service { get; init; }

    /// <summary>Program and arguments; no shell.</summary>
    public required IReadOnlyList<string> Argv { get; init; }

    /// <summary>Must end with 0 in the same container first, else nothing is done: a test of the configuration before a reload.</summary>
    public IReadOnlyList<string> Check { get; init; } = [];
}
