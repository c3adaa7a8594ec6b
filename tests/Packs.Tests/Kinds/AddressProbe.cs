namespace FieldMedic.Packs.Tests.Kinds;

internal sealed record AddressProbe : IProbeSettings
{
    public required string Url { get; init; }

    public AnswerKind Expect { get; init; }

    public bool VerifyTls { get; init; } = true;

    public long MaxBody { get; init; }

    public double Share { get; init; }

    public TimeSpan Slow { get; init; }

    public int? Status { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services)
        => [$"{probe}.ok", $"{probe}.ms", $"{probe}.body.*"];
}
