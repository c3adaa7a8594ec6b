using FieldMedic.Packs;

namespace FieldMedic.Platform.Http;

/// <summary><c>http</c>: one GET through the user's path.</summary>
public sealed record HttpProbeSettings : IProbeSettings
{
    public required string Url { get; init; }

    /// <summary>False only where the certificate is known to be self-made; say so in the pack.</summary>
    public bool VerifyTls { get; init; } = true;

    /// <summary>PEM file of a private certificate authority; where it does not exist the system's authorities count.</summary>
    public string? CaFile { get; init; }

    public int ExpectStatus { get; init; } = 200;

    /// <summary>Must occur in the body.</summary>
    public string? ExpectText { get; init; }

    /// <summary>Top-level fields of a JSON body to observe. They are as stale as the probe's <c>stale_after</c>; status and time are fresh.</summary>
    public IReadOnlyList<string> Json { get; init; } = [];

    public bool IsFresh(string observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return !Json.Contains(observation[(observation.IndexOf('.', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal);
    }

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services)
        => new[] { "ok", "status", "ms" }.Concat(Json).Select(f => $"{probe}.{f}");
}
