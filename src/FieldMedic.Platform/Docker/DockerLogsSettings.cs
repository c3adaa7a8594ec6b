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

    /// <summary>Name → lines to count, beside the errors.</summary>
    public IReadOnlyDictionary<string, LogPattern> Patterns { get; init; } = new Dictionary<string, LogPattern>();

    public IEnumerable<string> Services => Only.Concat(Patterns.Values.SelectMany(p => p.Only));

    public string? Mistake
        => Patterns.SelectMany(p => new[] { p.Value.Match, p.Value.Except ?? "" }.Select(e => (p.Key, Wrong: LogMatches.Mistake(e)))).FirstOrDefault(p => p.Wrong is not null) is { Key: { } name } found
            ? $"The pattern '{name}' is no expression that can be searched for: {found.Wrong}"
            : null;

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Read(services.Keys).SelectMany(s => new[] { "errors", "clusters" }.Concat(PatternsFor(s).SelectMany(p => new[] { p.Key, $"{p.Key}_line" })).Select(f => $"{s}.log_{f}"));
    }

    internal IEnumerable<string> Read(IEnumerable<string> services) => Only.Count == 0 ? services : Only;

    internal IEnumerable<KeyValuePair<string, LogPattern>> PatternsFor(string service)
        => Patterns.Where(p => p.Value.Only.Count == 0 || p.Value.Only.Contains(service, StringComparer.Ordinal));
}
