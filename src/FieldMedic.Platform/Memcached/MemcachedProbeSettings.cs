using FieldMedic.Packs;

namespace FieldMedic.Platform.Memcached;

/// <summary><c>memcached</c>: does the cache answer <c>version</c>?</summary>
public sealed record MemcachedProbeSettings : IProbeSettings
{
    public required string Service { get; init; }

    public int Port { get; init; } = 11211;

    public IEnumerable<string> Services => [Service];

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services) => [$"{probe}.ok", $"{probe}.ms"];
}
