using System.Collections.Concurrent;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Testing;

/// <summary>
/// A system in memory: named services that are up or down, a queue, and remedies that start them (or fail to). Its pack has the
/// same shape as a real one.
/// </summary>
public sealed class SmallSystem
{
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, ObservedValue> _observed = new(StringComparer.Ordinal);

    public SmallSystem(TimeProvider time)
    {
        _time = time;
        foreach (var service in new[] { "db", "worker", "web" })
        {
            this[$"{service}.running"] = ObservedValue.Of(1);
            this[$"{service}.desired"] = ObservedValue.Of(1);
            this[$"{service}.restarts"] = ObservedValue.Of(0);
        }

        this["path.ok"] = ObservedValue.Of(true);
        this["queue.pending"] = ObservedValue.Of(0);
    }

    public PolicySpec Policy { get; set; } = new() { SweepDeadline = TimeSpan.FromHours(1) };

    /// <summary>When set, the required probe fails.</summary>
    public string? Unreachable { get; set; }

    /// <summary>Every effect, in order: <c>start worker-1</c>.</summary>
    public ConcurrentQueue<string> Effects { get; } = new();

    /// <summary>What a remedy does to the world; the default makes the service run.</summary>
    public Action<SmallSystem, PlannedAction>? OnAction { get; set; }

    /// <summary>Called at each sweep before it is measured.</summary>
    public Action<SmallSystem>? OnSweep { get; set; }

    /// <summary>Further probes beside the one that measures everything.</summary>
    public List<IProbe> MoreProbes { get; } = [];

    /// <summary>Further actions, or other ones in place of <c>start</c> and <c>recreate</c>.</summary>
    public Dictionary<string, IRemedyAction> MoreActions { get; } = new(StringComparer.Ordinal);

    /// <summary>Changes the pack before it is used.</summary>
    public Func<Pack, Pack> Adjust { get; set; } = pack => pack;

    public ObservedValue this[string name]
    {
        get => _observed[name];
        set => _observed[name] = value;
    }

    public void Stop(string service) => this[$"{service}.running"] = ObservedValue.Of(0);

    public void Start(string service) => this[$"{service}.running"] = this[$"{service}.desired"];

    public SystemUnderCare Connect() => new(Pack(), [new Measuring(this), .. MoreProbes], Actions());

    public Pack Pack() => Adjust(PlainPack());

    /// <summary>Forgets a measurement, as when a probe no longer gives it.</summary>
    public void Forget(string name) => _observed.TryRemove(name, out _);

    private Dictionary<string, IRemedyAction> Actions()
    {
        var actions = new Dictionary<string, IRemedyAction>(MoreActions, StringComparer.Ordinal);
        actions.TryAdd("start", new Starting(this, "start"));
        actions.TryAdd("recreate", new Starting(this, "recreate"));
        return actions;
    }

    private Pack PlainPack() => new()
    {
        System = "small",
        Title = "Small system",
        Folder = "/nowhere",
        Services = new[] { new ServiceSpec("db", []), new ServiceSpec("worker", ["db"]), new ServiceSpec("web", ["db"]) }.ToDictionary(s => s.Name),
        Probes = [new ProbeSpec("all", "fake", new NoSettings(), TimeSpan.FromHours(1), TimeSpan.Zero, true)],
        Problems =
        [
            Down("database_down", "db", ["no_login", "outage"]),
            Down("worker_down", "worker", ["sync_stuck", "outage"]),
            Down("service_down", "web", ["outage"]),
            new ProblemSpec { Id = "queue_stuck", Title = "The queue is stuck", When = [Parse("queue.pending > 100")], Explains = ["sync_stuck"], NextStep = "Look at the queue." },
        ],
        Remedies = new Dictionary<string, RemedySpec>
        {
            ["start"] = new() { Id = "start", Kind = "fake.start", Settings = new NoSettings() },
            ["recreate"] = new() { Id = "recreate", Kind = "fake.recreate", Settings = new NoSettings(), Risk = Risk.Medium },
        },
        Complaints =
        [
            new ComplaintSpec("sync_stuck", ComplaintNature.Fault, ["sync stuck"]),
            new ComplaintSpec("no_login", ComplaintNature.Fault, ["login"]),
            new ComplaintSpec("outage", ComplaintNature.Fault, ["down"]),
            new ComplaintSpec("status_request", ComplaintNature.StatusRequest, ["status please"]),
            new ComplaintSpec("feature", ComplaintNature.Person, ["feature"]),
        ],
        Healthy = [Parse("path.ok == true")],
        Status = ["worker.running", "queue.pending"],
        Policy = Policy,
        Contacts = new Dictionary<string, IReadOnlyList<string>> { ["admin"] = ["ops-admin"] },
    };

    private static Condition.Comparison Parse(string text) => ConditionParser.Parse(text, out _)!;

    private static ProblemSpec Down(string id, string service, string[] explains) => new()
    {
        Id = id,
        Service = service,
        Title = $"{service} is down",
        When = [Parse($"{service}.running < {service}.desired")],
        Explains = explains,
        Remedies = ["start", "recreate"],
        Show = [$"{service}.running", "queue.pending"],
        Prevention = $"Give {service} a restart policy.",
    };

    private sealed class NoSettings : IProbeSettings, IRemedySettings
    {
        public string? Service => null;

        public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services) => ["*"];
    }

    private sealed class Measuring(SmallSystem system) : IProbe
    {
        public string Name => "all";

        public TimeSpan Timeout => TimeSpan.FromHours(1);

        public bool Required => true;

        public Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
        {
            system.OnSweep?.Invoke(system);
            if (system.Unreachable is { } why)
            {
                throw new IOException(why);
            }

            return Task.FromResult<IReadOnlyList<Observation>>([.. system._observed.OrderBy(o => o.Key).Select(o => new Observation(o.Key, o.Value, system._time.GetUtcNow()))]);
        }
    }

    private sealed class Starting(SmallSystem system, string remedy) : IRemedyAction
    {
        public string Remedy => remedy;

        public Task<ActionTargets> ResolveAsync(Snapshot snapshot, string? service, CancellationToken cancellationToken)
        {
            var missing = (int)(system[$"{service}.desired"].Number - system[$"{service}.running"].Number);
            return Task.FromResult(missing <= 0 ? ActionTargets.None("nothing is stopped") : ActionTargets.Of([.. Enumerable.Range(1, missing).Select(i => $"{service}-{i}")]));
        }

        public Task<ActionResult> ExecuteAsync(PlannedAction action, CancellationToken cancellationToken)
        {
            system.Effects.Enqueue($"{action.Remedy} {action.Target}");
            if (system.OnAction is { } custom)
            {
                custom(system, action);
            }
            else
            {
                system[$"{action.Service}.running"] = ObservedValue.Of(system[$"{action.Service}.running"].Number + 1);
            }

            return Task.FromResult(new ActionResult(true, "started"));
        }
    }
}
