using FieldMedic.Packs;

namespace FieldMedic.Platform.Host;

/// <summary><c>host</c>: disk, inodes, memory and load of the machine that runs the containers.</summary>
public sealed record HostProbeSettings : IProbeSettings
{
    /// <summary>A path on the file system to measure; Docker's own folder when absent.</summary>
    public string? Path { get; init; }

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services)
        => new[]
        {
            "disk_used_percent", "disk_free_bytes", "inodes_used_percent", "memory_total_bytes", "memory_available_bytes", "memory_used_percent", "load1", "load_percent",
        }.Select(f => $"{probe}.{f}");
}
