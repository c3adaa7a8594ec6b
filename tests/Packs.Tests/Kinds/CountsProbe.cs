namespace FieldMedic.Packs.Tests.Kinds;

/// <summary>A probe kind with the observations of a container list.</summary>
internal sealed record CountsProbe : IProbeSettings
{
    public IReadOnlyList<string> Only { get; init; } = [];

    IEnumerable<string> IProbeSettings.Services => Only;

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services)
        => services.Keys.SelectMany(s => new[] { $"{s}.running", $"{s}.desired", $"{s}.paused", $"{s}.exited" });
}
