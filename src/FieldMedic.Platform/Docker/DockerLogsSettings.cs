using FieldMedic.Packs;

namespace FieldMedic.Platform.Docker;

/// <summary><c>docker.logs</c>: error lines in the last part of the logs.</summary>
public sealed record DockerLogsSettings : IProbeSettings
{
    /// <summary>How far back to look.</summary>
    public TimeSpan Since { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>At most this many lines of each container.</summary>
    public int Tail { get; init; } = 300;

    /// <summary>Only these services; all when empty.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public IEnumerable<string> Services => Only;

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return (Only.Count == 0 ? services.Keys : Only).SelectMany(s => new[] { $"{s}.log_errors", $"{s}.log_clusters" });
    }
}
