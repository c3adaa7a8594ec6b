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
        System.Stop("worker");
    }

    /// <summary>The waits of the flow and those between attempts pass at once.</summary>
    public LeapingTime Time { get; } = new([.. new[] { 0.25, 0.5, 1, 2, 4, 7, 30 }.Select(TimeSpan.FromSeconds)]);

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
        return await medic.SupportAsync(_office.Ref, new RunOptions(), new CollectingObserver(), Office.Cancel);
    }
}
