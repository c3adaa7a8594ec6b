using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Docker;

/// <summary>State of every service of the pack, over all its containers.</summary>
internal sealed class DockerServicesProbe(ProbeSpec spec, Pack pack, DockerEngine docker, TimeProvider time) : IProbe
{
    public string Name => spec.Name;

    public TimeSpan Timeout => spec.Timeout;

    public bool Required => spec.Required;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        var containers = await docker.ProjectAsync(pack.ComposeProject!, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var byService = containers.ToLookup(c => c.Service, StringComparer.Ordinal);
        return [.. pack.Services.Values.SelectMany(s => Observe(s, [.. byService[s.Name]], now))];
    }

    private static IEnumerable<Observation> Observe(ServiceSpec service, IReadOnlyList<ContainerFacts> all, DateTimeOffset now)
    {
        var evidence = string.Join(", ", all.Select(c => $"{c.Name} {c.Status}"));
        var desired = service.OneShot || (service.Optional && all.Count == 0) ? 0 : Math.Max(service.Replicas, all.Count);
        var started = all.Select(c => c.StartedAt).Max();
        var up = all.Where(c => c.Running).Select(c => c.StartedAt).Min();
        return
        [
            Count("running", all.Count(c => c.IsUp)),
            Count("desired", desired),
            Count("existing", all.Count),
            Count("missing", service.Optional || service.OneShot ? 0 : Math.Max(0, service.Replicas - all.Count)),
            Count("exited", all.Count(c => c.IsStopped)),
            Count("paused", all.Count(c => c.Paused)),
            Count("restarting", all.Count(c => c.Restarting)),
            Count("cut_off", all.Count(c => c.IsCutOff)),
            Count("dead", all.Count(c => c.Dead)),
            Count("unhealthy", all.Count(c => c.Running && c.IsUnhealthy)),
            Count("starting", all.Count(c => c.Running && c.Health == "starting")),
            Count("restarts", all.Sum(c => c.RestartCount)),
            Count("oom_killed", all.Count(c => c.OomKilled)),
            Count("exit_code", all.Where(c => !c.Running).Select(c => c.ExitCode).DefaultIfEmpty(0).Max()),
            Count("failed", all.Count(c => !c.Running && c.Status == "exited" && c.ExitCode != 0)),
            Of("started_at", started is { } at ? ObservedValue.Of(at.ToUnixTimeMilliseconds() / 1000d) : ObservedValue.Unknown("never started")),
            Of("uptime_seconds", up is { } since ? ObservedValue.Of(Math.Round((now - since).TotalSeconds)) : ObservedValue.Unknown("not running")),
            Of("state", ObservedValue.Of(Worst(service, all))),
            Of("containers", ObservedValue.Of(string.Join(',', all.Select(c => c.Name)))),
        ];

        Observation Count(string field, double value) => Of(field, ObservedValue.Of(value));
        Observation Of(string field, ObservedValue value) => new($"{service.Name}.{field}", value, now, evidence);
    }

    private static string Worst(ServiceSpec service, IReadOnlyList<ContainerFacts> all)
    {
        if (all.Count == 0)
        {
            return service.Optional ? "absent" : "missing";
        }

        if (service.OneShot && all.All(c => !c.Running && c.ExitCode == 0))
        {
            return "completed";
        }

        return all switch
        {
            _ when all.Any(c => c.Dead) => "dead",
            _ when all.Any(c => c.Restarting) => "restarting",
            _ when all.Any(c => c.IsStopped) => "exited",
            _ when all.Any(c => c.Paused) => "paused",
            _ when all.Any(c => c.IsUnhealthy) => "unhealthy",
            _ when all.Any(c => c.Health == "starting") => "starting",
            _ => "running",
        };
    }
}
