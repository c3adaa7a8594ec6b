using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Packs;
using FieldMedic.Storage;
using FieldMedic.Testing;

namespace FieldMedic.Bench.Load;

/// <summary>One of many systems under the care of one process: simulated probes, the real engine, the store and the issues of all.</summary>
internal sealed class SimulatedSystem
{
    public const string Sick = "worker";

    private readonly SmallSystem _system = new(TimeProvider.System);
    private readonly IStore _store;
    private readonly CollectingTracker _tracker;

    public SimulatedSystem(string name, IStore store, CollectingTracker tracker, PolicySpec policy)
    {
        (Name, _store, _tracker) = (name, store, tracker);
        _system.Adjust = pack => pack with { System = name };
        Medic = With(policy);
    }

    public string Name { get; }

    public Medic Medic { get; }

    public void Break() => _system.Stop(Sick);

    public void Mend() => _system.Start(Sick);

    /// <summary>The same system under another policy.</summary>
    public Medic With(PolicySpec policy)
    {
        _system.Policy = policy;
        var connected = _system.Connect();
        return new Medic(new MedicPorts
        {
            System = connected,
            Journal = _store,
            Locks = _store.Locks,
            Controls = _store.Controls,
            Triage = new WordTriage(connected.Pack),
            Secrets = new NoSecrets(),
            Tracker = _tracker,
        });
    }

    /// <summary>Breaks it, and lets an issue about it be handled.</summary>
    public async Task<(IssueRef Issue, RunResult Result)> SupportAsync(Medic medic, int number, IFlowObserver observer, CancellationToken cancellationToken)
    {
        Break();
        var issue = _tracker.Open(number, "Sync stuck");
        return (issue, await medic.SupportAsync(issue, new RunOptions(), observer, cancellationToken));
    }
}
