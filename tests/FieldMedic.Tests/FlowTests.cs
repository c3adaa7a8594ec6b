using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Testing;
using FieldMedic.Tracker;

namespace FieldMedic.Tests;

public sealed class FlowTests
{
    private readonly Clinic _clinic = new();

    [Fact]
    public async Task Support_ConsequenceThatStaysAndHasARemedy_IsTreatedAfterItsGraceNotAfterTheWholeBudget()
    {
        _clinic.System.Policy = _clinic.System.Policy with { SettleBudget = TimeSpan.FromHours(1) };
        _clinic.System.Stop("db");
        _clinic.System.Stop("worker");

        var result = await _clinic.SupportAsync(_clinic.Tracker.Open(1, "login fails"));

        result.Outcome.ShouldBe(RunOutcome.Closed);
        _clinic.System.Effects.ShouldBe(["start db-1", "start worker-1"]);
        (result.Incident!.LastAt - result.Incident.OpenedAt).ShouldBeLessThan(TimeSpan.FromMinutes(5));
    }

    /// <summary>A worker that gives up because the database was made anew under it.</summary>
    [Fact]
    public async Task Support_DependentBreaksAfterTheRepair_IsTreatedToo()
    {
        _clinic.System.Stop("db");
        _clinic.System.OnAction = (system, action) =>
        {
            system.Start(action.Service!);
            if (action.Service == "db")
            {
                system.Stop("worker");
            }
        };

        var result = await _clinic.SupportAsync(_clinic.Tracker.Open(1, "login fails"));

        result.Outcome.ShouldBe(RunOutcome.Closed);
        _clinic.System.Effects.ShouldBe(["start db-1", "start worker-1"]);
    }

    [Fact]
    public async Task Support_WorkerStopped_FixesProvesAndCloses()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck at 50 %");

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Closed);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);
        _clinic.Tracker[issue].IsOpen.ShouldBeFalse();
        _clinic.Tracker[issue].Labels.ShouldBe(["resolved"]);
        _clinic.Tracker[issue].Comments.Count.ShouldBe(1);
        result.Incident!.Proof!.Window.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(30));
        result.Incident.Verified!.Rows.ShouldContain(new BeforeAfter("worker.running", ObservedValue.Of(0), ObservedValue.Of(1)));
    }

    [Fact]
    public async Task Support_SystemUnreachable_EscalatesAndTouchesNothing()
    {
        _clinic.System.Stop("worker");
        _clinic.System.Unreachable = "connection refused";
        var issue = _clinic.Tracker.Open(1, "Sync stuck");

        var result = await _clinic.SupportAsync(issue);

        result.Incident!.Report!.Escalation.ShouldBe(EscalationReason.CannotObserve);
        _clinic.System.Effects.ShouldBeEmpty();
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
        _clinic.Tracker[issue].Labels.ShouldBe(["escalated", "needs-admin"]);
    }

    [Fact]
    public async Task Support_ObservationUnknown_NeitherFixesNorCloses()
    {
        _clinic.System["worker.running"] = ObservedValue.Unknown("probe failed");
        var issue = _clinic.Tracker.Open(1, "status please");

        var result = await _clinic.SupportAsync(issue);

        result.Incident!.Report!.Escalation.ShouldBe(EscalationReason.PartlyUnobserved);
        _clinic.System.Effects.ShouldBeEmpty();
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Support_HealthyAndVague_AsksAndStaysOpen()
    {
        var issue = _clinic.Tracker.Open(1, "hmm");

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Escalated);
        _clinic.Tracker[issue].Labels.ShouldBe(["needs-manual-review"]);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
        _clinic.Tracker[issue].Comments[0].Body.ShouldContain("Please tell us");
    }

    [Fact]
    public async Task Support_HealthyAndStatusAsked_AnswersAndCloses()
    {
        var issue = _clinic.Tracker.Open(1, "status please");

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Answered);
        _clinic.Tracker[issue].IsOpen.ShouldBeFalse();
        _clinic.Tracker[issue].Comments[0].Body.ShouldContain("| worker.running | 1 |");
    }

    [Fact]
    public async Task Support_FeatureRequest_IsLeftToAPerson()
    {
        var issue = _clinic.Tracker.Open(1, "feature: dark mode");

        var result = await _clinic.SupportAsync(issue);

        result.Incident!.Report!.Escalation.ShouldBe(EscalationReason.NotOurs);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Support_RemedyHasNoEffect_ClimbsLadderThenEscalates()
    {
        _clinic.System.Stop("worker");
        _clinic.System.OnAction = (_, _) => { };
        var issue = _clinic.Tracker.Open(1, "Sync stuck");

        var result = await _clinic.SupportAsync(issue);

        result.Incident!.Report!.Escalation.ShouldBe(EscalationReason.RemediesExhausted);
        _clinic.System.Effects.ShouldBe(["start worker-1", "recreate worker-1"]);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
        _clinic.Tracker[issue].Comments.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Support_ProblemBackInsideWindow_IsNotClosed()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        var start = _clinic.Time.GetUtcNow();
        _clinic.System.OnSweep = s =>
        {
            if (_clinic.Time.GetUtcNow() - start > TimeSpan.FromSeconds(10))
            {
                s.Stop("worker");
            }
        };

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Escalated);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
        _clinic.Tracker.Writes.ShouldNotContain("close 1");
    }

    [Fact]
    public async Task Support_RestartsDuringWindow_StartTheWindowAgain()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        var start = _clinic.Time.GetUtcNow();
        _clinic.System.OnSweep = s =>
        {
            if (_clinic.Time.GetUtcNow() - start > TimeSpan.FromSeconds(20))
            {
                s["worker.restarts"] = ObservedValue.Of(1);
            }
        };

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Closed);
        result.Incident!.Stabilized!.Breaks.ShouldBe(1);
        (result.Incident.Proof!.QuietSince - start).ShouldBeGreaterThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Support_SecondFaultBehindFirst_FixesBothRootFirst()
    {
        _clinic.System.Stop("db");
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "login fails");

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Closed);
        _clinic.System.Effects.ShouldBe(["start db-1", "start worker-1"]);
        result.Incident!.Found.Select(f => f.Problem).ShouldBe(["database_down", "worker_down"]);
    }

    [Fact]
    public async Task Support_FindingDoesNotExplainComplaint_FixesButStaysOpen()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "login fails");

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Escalated);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
        _clinic.Tracker[issue].Comments[0].Body.ShouldContain("does not explain");
    }

    [Fact]
    public async Task Support_UnfixableProblem_EscalatesWithMention()
    {
        _clinic.System["queue.pending"] = ObservedValue.Of(500);
        var issue = _clinic.Tracker.Open(1, "Sync stuck");

        var result = await _clinic.SupportAsync(issue);

        result.Incident!.Report!.Escalation.ShouldBe(EscalationReason.NotFixable);
        _clinic.Tracker[issue].Comments[0].Body.ShouldContain("@ops-admin");
        _clinic.System.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Support_DryRun_WritesNothingAnywhere()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");

        var rehearsed = await _clinic.SupportAsync(issue, new RunOptions { DryRun = true });

        rehearsed.Outcome.ShouldBe(RunOutcome.DryRun);
        _clinic.Tracker.Writes.ShouldBeEmpty();
        _clinic.Store.All().ShouldBeEmpty();
        _clinic.System.Effects.ShouldBeEmpty();
        var plan = rehearsed.Decision.ShouldBeOfType<Decision.Fix>().Plan;
        await _clinic.SupportAsync(issue);
        _clinic.Observer.Events.OfType<IncidentEvent.Decided>().Last().Decision.ShouldBe(new Decision.Fix(plan));
    }

    [Fact]
    public async Task Support_TrackerDownAfterFix_KeepsReportForNextRun()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        _clinic.Tracker.FailWrites = new TrackerException(TrackerFailure.Unavailable, "unreachable");

        var first = await _clinic.SupportAsync(issue);
        _clinic.Tracker.FailWrites = null;
        var second = await _clinic.SupportAsync(issue);

        first.Outcome.ShouldBe(RunOutcome.Failed);
        second.Outcome.ShouldBe(RunOutcome.Closed);
        second.Incident!.Id.ShouldBe(first.Incident!.Id);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);
        _clinic.Tracker[issue].Comments.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Watch_TrackerDownForManyLooks_SaysSoOnceInTheJournalAndAgainWhenItIsAnotherReason()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        _clinic.Tracker.FailWrites = new TrackerException(TrackerFailure.RateLimited, "wait until 13:31");
        await _clinic.SupportAsync(issue);

        for (var look = 0; look < 20; look++)
        {
            (await _clinic.Medic().WatchAsync(once: true, _clinic.Observer, CancellationToken.None)).Single().Outcome.ShouldBe(RunOutcome.Failed);
        }

        Reasons().ShouldBe(["wait until 13:31"]);
        _clinic.Tracker.FailWrites = new TrackerException(TrackerFailure.Unavailable, "unreachable");
        await _clinic.Medic().WatchAsync(once: true, _clinic.Observer, CancellationToken.None);
        Reasons().ShouldBe(["wait until 13:31", "unreachable"]);

        IEnumerable<string> Reasons() => _clinic.Store.All().Select(e => e.Event).OfType<IncidentEvent.ReportDeferred>().Select(e => e.Reason);
    }

    [Fact]
    public async Task Support_ProofTooOldWhenTrackerIsBack_VerifiesAgain()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        _clinic.Tracker.FailWrites = new TrackerException(TrackerFailure.Unavailable, "unreachable");
        await _clinic.SupportAsync(issue);
        _clinic.Time.Advance(TimeSpan.FromHours(2));
        _clinic.Tracker.FailWrites = null;
        _clinic.System.Stop("worker");
        _clinic.System.OnAction = (_, _) => { };

        var second = await _clinic.SupportAsync(issue);

        second.Outcome.ShouldBe(RunOutcome.Escalated);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Watch_ProblemBackAfterClose_ReopensAndEscalates()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        await _clinic.SupportAsync(issue);
        _clinic.System.Stop("worker");

        var results = await _clinic.Medic().WatchAsync(once: true, _clinic.Observer, CancellationToken.None);

        results.Single().Outcome.ShouldBe(RunOutcome.Escalated);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
        _clinic.Tracker[issue].Labels.ShouldBe(["escalated", "needs-admin"]);
        _clinic.System.Effects.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Watch_StaysGood_EndsTheIncident()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        await _clinic.SupportAsync(issue);

        var results = await _clinic.Medic().WatchAsync(once: false, _clinic.Observer, CancellationToken.None);

        results.Single().Incident!.IsOver.ShouldBeTrue();
        _clinic.Tracker[issue].IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task Support_ApprovalNeeded_WaitsAndActsOnlyAfterIt()
    {
        _clinic.System.Policy = _clinic.System.Policy with { Autonomy = Autonomy.Approve };
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");

        var waiting = await _clinic.SupportAsync(issue);
        var effectsBefore = _clinic.System.Effects.Count;
        var done = await _clinic.SupportAsync(issue, new RunOptions { ApprovedBy = "operator" });

        waiting.Outcome.ShouldBe(RunOutcome.Held);
        effectsBefore.ShouldBe(0);
        done.Outcome.ShouldBe(RunOutcome.Closed);
    }
}
