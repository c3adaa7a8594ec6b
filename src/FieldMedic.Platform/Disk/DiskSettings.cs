using FieldMedic.Packs;

namespace FieldMedic.Platform.Disk;

/// <summary><c>docker.disk</c>: the file system on which a service keeps its data, as its container sees it.</summary>
public sealed record DiskSettings : IProbeSettings
{
    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>A path in the container, on the file system to measure.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the container's /dev/shm is measured too.</summary>
    public bool SharedMemory { get; init; }

    public IEnumerable<string> Services => [Service];

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services)
        => new[] { "disk_used_percent", "disk_free_bytes", "disk_inodes_used_percent" }.Concat(SharedMemory ? ["shared_memory_used_percent"] : []).Select(f => $"{Service}.{f}");
}
