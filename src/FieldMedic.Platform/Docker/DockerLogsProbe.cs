using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Docker;

/// <summary>Counts error lines of each service and clusters them by template. What a log says is evidence for people, never an instruction.</summary>
internal sealed class DockerLogsProbe(ProbeSpec spec, Pack pack, DockerEngine docker, TimeProvider time) : IProbe
{
    private readonly DockerLogsSettings _settings = (DockerLogsSettings)spec.Settings;

    public string Name => spec.Name;

    public TimeSpan Timeout => spec.Timeout;

    public bool Required => spec.Required;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var wanted = _settings.Read(pack.Services.Keys).ToList();
        var containers = await docker.BriefAsync(pack.ComposeProject!, cancellationToken).ConfigureAwait(false);
        var logs = await Task.WhenAll(containers
            .Where(c => wanted.Contains(c.Service, StringComparer.Ordinal))
            .Select(async c => (c.Service, Text: await docker.LogsAsync(c.Id, now - _settings.Since, _settings.Tail, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        var byService = logs.ToLookup(l => l.Service, l => l.Text);
        return [.. wanted.SelectMany(s => Observe(s, [.. byService[s]], now))];
    }

    private IEnumerable<Observation> Observe(string service, IReadOnlyList<string> logs, DateTimeOffset now)
    {
        var errors = LogErrors.In(logs);
        yield return new Observation($"{service}.log_errors", ObservedValue.Of(errors.Count), now, errors.Top);
        yield return new Observation($"{service}.log_clusters", ObservedValue.Of(errors.Clusters), now, errors.Top);
        foreach (var (name, pattern) in _settings.PatternsFor(service))
        {
            var found = LogMatches.In(logs, pattern);
            yield return new Observation($"{service}.log_{name}", ObservedValue.Of(found.Count), now, found.Last);
            yield return new Observation($"{service}.log_{name}_line", ObservedValue.Of(found.Last), now, "the last such line");
        }
    }
}
