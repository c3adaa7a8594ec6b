using FieldMedic.Packs;

namespace FieldMedic.Platform.Commands;

/// <summary><c>command</c>: a fixed argv of the pack that measures something.</summary>
public sealed record CommandProbeSettings : IProbeSettings
{
    /// <summary>Program and arguments; no shell.</summary>
    public required IReadOnlyList<string> Argv { get; init; }

    /// <summary><c>number</c>, <c>line</c> or <c>json</c> (a flat object).</summary>
    public CommandParse Parse { get; init; } = CommandParse.Json;

    /// <summary>Additional environment.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>A non-zero exit is an observation (<c>.exit_code</c>) and not a failure of the probe.</summary>
    public bool ExitCodeAsValue { get; init; }

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services) => Parse switch
    {
        CommandParse.Number => [$"{probe}.value", $"{probe}.exit_code"],
        CommandParse.Line => [$"{probe}.line", $"{probe}.exit_code"],
        _ => [$"{probe}.*"],
    };
}
