using System.Collections.Concurrent;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Docker;

/// <summary>
/// Use of memory and processor by service. Rates are taken between two readings: the first sweep of a process may have only one, and
/// waits for a second where a quota can be used up. Kills are asked of containers that have a memory limit: without one there is
/// nothing of their own to run into.
/// </summary>
internal sealed class DockerResourcesProbe(ProbeSpec spec, Pack pack, DockerEngine docker, TimeProvider time) : IProbe
{
    private readonly ConcurrentDictionary<string, UsageReadings> _readings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _counted = new(StringComparer.Ordinal);
    private readonly DockerResourcesSettings _settings = (DockerResourcesSettings)spec.Settings;

    public string Name => spec.Name;

    public TimeSpan Timeout => spec.Timeout;

    public bool Required => spec.Required;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        var containers = (await docker.ProjectAsync(pack.ComposeProject!, cancellationToken).ConfigureAwait(false)).Where(c => c.Running).ToList();
        var used = (await Task.WhenAll(containers.Select(c => UseAsync(c, cancellationToken))).ConfigureAwait(false)).ToLookup(u => u.Service);
        return [.. pack.Services.Values.Where(s => !s.OneShot).SelectMany(s => Observe(s.Name, [.. used[s.Name]]))];
    }

    private IEnumerable<Observation> Observe(string service, List<Use> used)
    {
        var now = used.Select(u => u.At).DefaultIfEmpty(time.GetUtcNow()).Min();
        return
        [
            Of("memory_bytes", ObservedValue.Of(used.Sum(u => u.Memory))),
            Of("memory_percent", ObservedValue.Of(used.Select(u => u.MemoryPercent).DefaultIfEmpty(0).Max())),
            Of("cpu_percent", Rate(used)),
            Of("cpu_throttled_percent", ObservedValue.Of(used.Select(u => u.Throttled).DefaultIfEmpty(0).Max())),
            Of("oom_kills", Sum(used.Select(u => u.Kills), "the counter could not be read")),
            Of("oom_containers", ObservedValue.Of(string.Join(',', used.Where(u => u.RecentKills > 0).Select(u => u.Container)))),
            Of("oom_recent", Sum(used.Select(u => u.RecentKills), "there were kills; when cannot be told from here")),
        ];

        Observation Of(string field, ObservedValue value) => new($"{service}.{field}", value, now, "cgroup counters");
    }

    private static ObservedValue Rate(List<Use> used)
        => used.Any(u => u.Cpu is null) ? ObservedValue.Unknown("a rate takes two readings: known from the next sweep on") : ObservedValue.Of(Math.Round(used.Sum(u => u.Cpu!.Value), 1));

    private static ObservedValue Sum(IEnumerable<long?> counts, string whyNot)
    {
        var all = counts.ToList();
        return all.Contains(null) ? ObservedValue.Unknown(whyNot) : ObservedValue.Of(all.Sum(c => c!.Value));
    }

    private async Task<Use> UseAsync(ContainerFacts container, CancellationToken cancellationToken)
    {
        var counting = KillsAsync(container, cancellationToken);
        var key = $"{container.Id} {container.StartedAt:O}";
        var readings = _readings.GetOrAdd(key, _ => new UsageReadings(c => docker.UsageAsync(container.Id, c), time));
        var (earlier, now, at) = await readings.TakeAsync(container.HasProcessorLimit, cancellationToken).ConfigureAwait(false);
        var kills = await counting.ConfigureAwait(false);
        return new Use(
            container.Service,
            container.Name,
            now.MemoryBytes,
            container.MemoryLimit > 0 ? Math.Round(100 * now.MemoryBytes / container.MemoryLimit, 1) : 0,
            earlier is null ? null : now.CpuPercentSince(earlier),
            earlier is null ? 0 : now.ThrottledPercentSince(earlier),
            kills,
            await RecentAsync(container, key, kills, cancellationToken).ConfigureAwait(false),
            at);
    }

    private async Task<long?> KillsAsync(ContainerFacts container, CancellationToken cancellationToken)
    {
        if (container.MemoryLimit <= 0 || container.Paused || container.Restarting)
        {
            return 0;
        }

        try
        {
            var ran = await docker.ExecAsync(container.Id, OomKills.Argv, [], cancellationToken).ConfigureAwait(false);
            return OomKills.Count(ran.Output);
        }
        catch (DockerException)
        {
            // It went away meanwhile.
            return null;
        }
    }

    /// <summary>Kills since the container's start that are recent: by its age, by what was counted in an earlier sweep, or by the kernel's log.</summary>
    private async Task<long?> RecentAsync(ContainerFacts container, string key, long? kills, CancellationToken cancellationToken)
    {
        if (kills == 0 && container is { MemoryLimit: > 0, RestartCount: > 0 })
        {
            // Each automatic restart begins with a new counter; what ended the runs before is in the kernel's log alone.
            return await OomKills.InKernelLogAsync(docker, container.Id, _settings.Recent, cancellationToken).ConfigureAwait(false) ?? 0;
        }

        if (kills is not > 0)
        {
            return kills;
        }

        if (container.StartedAt > time.GetUtcNow() - _settings.Recent)
        {
            return kills;
        }

        var before = _counted.GetOrAdd(key, kills.Value);
        return kills > before ? kills - before : await OomKills.InKernelLogAsync(docker, container.Id, _settings.Recent, cancellationToken).ConfigureAwait(false);
    }

    private sealed record Use(string Service, string Container, double Memory, double MemoryPercent, double? Cpu, double Throttled, long? Kills, long? RecentKills, DateTimeOffset At);
}
