using FieldMedic.Packs;

namespace FieldMedic.Platform.Docker;

/// <summary><c>docker.resources</c>: what the containers of each service use, and whether the kernel killed anything in them for lack of memory.</summary>
public sealed record DockerResourcesSettings : IProbeSettings
{
    internal static readonly string[] Fields = ["memory_bytes", "memory_percent", "cpu_percent", "cpu_throttled_percent", "oom_kills", "oom_recent", "oom_containers"];

    /// <summary>How long ago a kill counts as recent.</summary>
    public TimeSpan Recent { get; init; } = TimeSpan.FromMinutes(10);

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.Values.Where(s => !s.OneShot).SelectMany(s => Fields.Select(f => $"{s.Name}.{f}"));
    }
}
