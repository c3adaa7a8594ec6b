using FieldMedic.Packs;

namespace FieldMedic.Platform.Tls;

/// <summary><c>tls</c>: the certificate that is served, and the one that lies on the server's disk.</summary>
public sealed record TlsProbeSettings : IProbeSettings
{
    public required string Host { get; init; }

    public int Port { get; init; } = 443;

    /// <summary>PEM file of a private certificate authority; where it does not exist the system's authorities count.</summary>
    public string? CaFile { get; init; }

    /// <summary>The service in whose container <see cref="Path"/> lies.</summary>
    public string? Service { get; init; }

    /// <summary>The certificate file the server reads when it starts, as the container sees it.</summary>
    public string? Path { get; init; }

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services)
        => new[] { "expired", "not_yet_valid", "days_left", "not_after", "chain_ok", "name_ok", "file_days_left", "renewed_unserved" }.Select(f => $"{probe}.{f}");
}
