using FieldMedic.Packs;
using FieldMedic.Platform.Commands;

namespace FieldMedic.Platform.Docker;

/// <summary><c>docker.exec</c>: a fixed argv of the pack that measures something inside a running container of a service.</summary>
public sealed record DockerExecSettings : IProbeSettings
{
    public required string Service { get; init; }

    /// <summary>Program and arguments; no shell.</summary>
    public required IReadOnlyList<string> Argv { get; init; }

    /// <summary>A file in the pack's folder whose text is the last argument, e.g. after <c>python3 -c</c>.</summary>
    public string? Script { get; init; }

    /// <summary><c>json</c> (a flat object), <c>number</c> or <c>line</c>.</summary>
    public CommandParse Parse { get; init; } = CommandParse.Json;

    /// <summary>A non-zero exit is an observation (<c>.exit_code</c>) and not a failure of the probe.</summary>
    public bool ExitCodeAsValue { get; init; }

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services) => Parse switch
    {
        CommandParse.Number => [$"{probe}.value", $"{probe}.exit_code"],
        CommandParse.Line => [$"{probe}.line", $"{probe}.exit_code"],
        _ => [$"{probe}.*"],
    };
}
