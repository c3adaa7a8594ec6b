using FieldMedic.Packs;

namespace FieldMedic.Platform.Docker;

/// <summary><c>docker.services</c>: every service of the compose project. It has no settings.</summary>
public sealed record DockerServicesSettings : IProbeSettings
{
    private static readonly string[] Fields =
    [
        "running", "desired", "existing", "missing", "exited", "paused", "restarting", "cut_off", "dead", "unhealthy", "starting", "restarts",
        "oom_killed", "exit_code", "started_at", "uptime_seconds", "state", "containers", "failed",
    ];

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.Keys.SelectMany(s => Fields.Select(f => $"{s}.{f}"));
    }
}
