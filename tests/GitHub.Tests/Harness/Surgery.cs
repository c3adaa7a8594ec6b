using FieldMedic.Testing;

namespace FieldMedic.GitHub.Tests.Harness;

/// <summary>A small system with a stopped worker, complained of on the stand-in, and a medic that a fresh process would have.</summary>
internal sealed class Surgery
{
    private readonly Office _office;
    private readonly InMemoryStore _store;
    private readonly Func<string?> _token;

    public Surgery(Office office, Func<string?>? token = null)
    {
        _office = office;
        _token = token ?? (() => "any");
        _store = new InMemoryStore(Time);
        System = new SmallSystem(Time);
        // Longer than any wait that passes at once: else an action might be over before it began.
        System.Adjust = pack => pack with { Remedies = pack.Remedies.ToDictionary(r => r.Key, r => r.Value with { Budget = TimeSpan.FromHours(1) }) };
        System.Stop("worker");
    }

    /// <summary>The waits of the flow, those between attempts and those for a limit to end pass at once; five seconds are the renewal of the lease.</summary>
    public LeapingTime Time { get; } = new(wait => wait > TimeSpan.Zero && wait <= TimeSpan.FromSeconds(60) && wait != TimeSpan.FromSeconds(5));

    public SmallSystem System { get; }

    public async Task<RunResult> SupportAsync()
    {
        var settings = _office.Settings("any") with { Token = _token, AttemptTimeout = TimeSpan.FromDays(1) };
        using var tracker = new GitHubTracker(settings, Time);
        var system = System.Connect();
        var medic = new Medic(new MedicPorts
        {
            System = system,
            Journal = _store,
            Locks = _store,
            Controls = _store,
            Triage = new WordTriage(system.Pack),
            Secrets = new NoSecrets([]),
            Tracker = tracker,
            Time = Time,
        });
        // A wait that passes for nobody is a finding with a name, not a run without an end.
        return await medic.SupportAsync(_office.Ref, new RunOptions(), new CollectingObserver(), Office.Cancel).WaitAsync(TimeSpan.FromSeconds(60), Office.Cancel);
    }
}
