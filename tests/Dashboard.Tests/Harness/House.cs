using FieldMedic.Dashboard.History;
using FieldMedic.Hosting;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Report;
using FieldMedic.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace FieldMedic.Dashboard.Tests.Harness;

/// <summary>A dashboard over a journal and a system in memory.</summary>
internal sealed class House : IAsyncDisposable
{
    public const string Repository = "acme/maps";
    private readonly FakeTimeProvider _past;
    private readonly SmallSystem _system = new(TimeProvider.System);
    private RunningDashboard? _dashboard;

    public House()
    {
        _past = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(-89.5));
        Store = new InMemoryStore(_past);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public InMemoryStore Store { get; }

    public SmallSystem System => _system;

    public Uri Url => _dashboard!.Url;

    public JournalFollower Journal => _dashboard!.Journal;

    /// <summary>Three months of incidents, the last of them minutes ago.</summary>
    public async Task<House> LiveThroughAsync()
    {
        for (var day = 0; day < 89; day++)
        {
            for (var i = 0; i < 1 + (day * 7 % 4); i++)
            {
                await (((day * 3) + i) % 5 == 4 ? EscalateAsync(day + i) : ResolveAsync(day + i));
            }

            _past.Advance(TimeSpan.FromDays(1));
        }

        await OpenAsync(1000);
        return this;
    }

    public async Task<IncidentId> ResolveAsync(int issue, string evidence = "worker.running = 0 (< 1)", string detail = "started", string target = "worker-1")
    {
        var id = await OpenAsync(issue);
        var action = new PlannedAction("start", "fake.start", "worker", target, "low", TimeSpan.FromSeconds(30));
        var finding = new Finding("worker_down", "worker", "Workers are down", [evidence]);
        await AppendAsync(
            id,
            new IncidentEvent.Diagnosed(Snapshot.Empty, [finding], []),
            new IncidentEvent.Decided(new Decision.Fix(new Plan(finding.Key, "start", [action], []))),
            new IncidentEvent.ActionStarted(action),
            new IncidentEvent.ActionFinished(action, true, detail, TimeSpan.FromSeconds(2)),
            new IncidentEvent.Stabilized(true, "", _past.GetUtcNow(), TimeSpan.FromSeconds(30), 30, 0, Snapshot.Empty),
            new IncidentEvent.Verified(Verdict.Resolved, "All that was wrong is gone.", Snapshot.Empty, [new BeforeAfter("worker.running", ObservedValue.Of(0), ObservedValue.Of(1))], null),
            new IncidentEvent.ReportPrepared(IncidentOutcome.Closed, null, ""),
            new IncidentEvent.ReportPosted(new IssueRef(Repository, issue), 7),
            new IncidentEvent.IssueClosed(new IssueRef(Repository, issue), _past.GetUtcNow()),
            new IncidentEvent.WatchStarted(_past.GetUtcNow()),
            new IncidentEvent.WatchEnded(true),
            new IncidentEvent.IncidentEnded(IncidentOutcome.Closed));
        return id;
    }

    public async Task<IncidentId> EscalateAsync(int issue)
    {
        var id = await OpenAsync(issue);
        await AppendAsync(
            id,
            new IncidentEvent.Diagnosed(Snapshot.Empty, [new Finding("queue_stuck", null, "The queue is stuck", ["queue.pending = 140 (> 100)"])], []),
            new IncidentEvent.Decided(new Decision.Escalate(EscalationReason.NotFixable, "no remedy")),
            new IncidentEvent.ReportPrepared(IncidentOutcome.Escalated, EscalationReason.NotFixable, ""),
            new IncidentEvent.ReportPosted(new IssueRef(Repository, issue), 8),
            new IncidentEvent.Escalated(new IssueRef(Repository, issue), EscalationReason.NotFixable),
            new IncidentEvent.IncidentEnded(IncidentOutcome.Escalated));
        return id;
    }

    public async Task<IncidentId> OpenAsync(int issue, string system = "small")
    {
        var id = IncidentId.New(_past);
        await AppendAsync(id, new IncidentEvent.IncidentOpened(system, new IssueRef(Repository, issue), new Complaint(["sync_stuck"], ["sync stuck"])));
        return id;
    }

    public async Task AppendAsync(IncidentId id, params IncidentEvent[] events)
    {
        foreach (var happened in events)
        {
            var sequence = (await Store.ReadAsync(id, Token)).Count + 1;
            _past.Advance(TimeSpan.FromSeconds(4));
            (await Store.AppendAsync(id, sequence, happened, null, Token)).ShouldBe(AppendOutcome.Appended);
        }
    }

    /// <summary>Starts the dashboard and waits until it has read the journal.</summary>
    /// <param name="beside">The name of a second system under care; null for none.</param>
    public async Task<House> StartAsync(DashboardSettings? settings = null, Uri? api = null, string? beside = null)
    {
        var pack = _system.Pack();
        var catalogue = new Packs.ProblemCatalogue(pack);
        var source = new DashboardSource(pack, Store, Store, new Redactor(pack, new NoSecrets()), Diagnose, new Uri("https://github.example"));
        _dashboard = await DashboardServer.StartAsync(
            beside is null ? [source] : [source, source with { Pack = pack with { System = beside, Title = $"The {beside} system" } }],
            settings ?? new DashboardSettings { Address = "http://127.0.0.1:0" },
            api ?? new Uri("http://127.0.0.1:9"),
            logging => logging.AddProvider(new OutputLog()),
            _ => { },
            Token);
        await _dashboard.WhenAsync(view => view.At is not null, Token);
        return this;

        async Task<Diagnosis> Diagnose(CancellationToken cancellationToken)
        {
            var snapshot = await new FieldMedic.Systems.Sweep(_system.Connect(), TimeProvider.System).TakeAsync(cancellationToken);
            var judgement = catalogue.Judge(snapshot);
            return new Diagnosis(snapshot, judgement.Findings, judgement.Undecided);
        }
    }

    public HttpClient Client(bool follows = true) => new(new HttpClientHandler { AllowAutoRedirect = follows, CookieContainer = new() }) { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(60) };

    public Task WhenAsync(Func<JournalView, bool> isSo) => _dashboard!.WhenAsync(isSo, Token);

    public async ValueTask DisposeAsync()
    {
        if (_dashboard is not null)
        {
            await _dashboard.DisposeAsync();
        }
    }
}
