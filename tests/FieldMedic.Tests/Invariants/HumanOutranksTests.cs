using FieldMedic.Incidents;
using FieldMedic.Testing;
using FieldMedic.Tracker;

namespace FieldMedic.Tests.Invariants;

/// <summary>Invariant 8: hold, a human's close, a human's reopening; no talking to oneself; one comment.</summary>
public sealed class HumanOutranksTests
{
    private readonly Clinic _clinic = new();

    [Fact]
    public async Task Support_HeldAtIntake_DoesNothingAtAll()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck", "", "HOLD");

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Held);
        _clinic.Tracker.Writes.ShouldBeEmpty();
        _clinic.Store.All().ShouldBeEmpty();
        _clinic.System.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Support_HeldBetweenTwoActions_StopsBeforeTheSecond()
    {
        _clinic.System["worker.desired"] = ObservedValue.Of(2);
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        _clinic.System.OnAction = (_, _) =>
        {
            _clinic.Tracker[issue] = _clinic.Tracker[issue] with { Labels = ["hold"] };
            _clinic.Time.Advance(TimeSpan.FromSeconds(20));
        };

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Held);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
        _clinic.Tracker[issue].Comments.Single().Body.ShouldNotContain("✅");
        _clinic.Tracker[issue].Comments.Single().Body.ShouldNotContain("works again");
    }

    [Fact]
    public async Task Support_HeldWhileStabilizing_IsNotClosed()
    {
        var issue = await RunWithAsync(i => i with { Labels = ["hold"] });

        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
        _clinic.Tracker.Writes.ShouldNotContain("close 1");
    }

    [Fact]
    public async Task Support_HumanClosedMeanwhile_IsLeftAndNotRelabelled()
    {
        var issue = await RunWithAsync(i => i with { IsOpen = false });

        _clinic.Tracker.Writes.ShouldNotContain(w => w.StartsWith("close", StringComparison.Ordinal) || w.StartsWith("label", StringComparison.Ordinal));
        _clinic.Tracker[issue].IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task Support_HumanReopenedBefore_RepairsButOnlyAHumanCloses()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        _clinic.Tracker[issue] = _clinic.Tracker[issue] with { HumanReopened = true };

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Escalated);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
        _clinic.Store.All().Select(e => e.Event).OfType<IncidentEvent.Escalated>().Single().Reason.ShouldBe(EscalationReason.HumanReopened);
    }

    [Fact]
    public async Task Support_AlreadyClosed_DoesNothing()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        _clinic.Tracker[issue] = _clinic.Tracker[issue] with { IsOpen = false };

        var result = await _clinic.SupportAsync(issue);

        result.Hold.ShouldBe(HoldReason.AlreadyClosed);
        _clinic.System.Effects.ShouldBeEmpty();
        _clinic.Tracker.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task Support_OnlyBotsSpeakOfASymptom_IsNotListenedTo(bool isOurs, bool isBot)
    {
        var issue = _clinic.Tracker.Open(1, "hmm");
        _clinic.Tracker.Comment(issue, "some-bot", "status please", isOurs, isBot);

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Escalated);
        result.Incident!.Issues[0].Complaint.Kinds.ShouldBeEmpty();
    }

    [Fact]
    public async Task Support_StatusCommentDeleted_WritesOneNewOne()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        _clinic.System.OnAction = (system, _) =>
        {
            _clinic.Tracker[issue] = _clinic.Tracker[issue] with { Comments = [] };
            system.Start("worker");
        };

        await _clinic.SupportAsync(issue);

        _clinic.Tracker[issue].Comments.Single().Body.ShouldContain("✅ Resolved");
    }

    [Fact]
    public async Task Support_ProgressAndReport_AreOneComment()
    {
        _clinic.System.Stop("db");
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "login fails");

        await _clinic.SupportAsync(issue);

        _clinic.Tracker.Writes.Count(w => w == "comment 1").ShouldBe(1);
    }

    [Fact]
    public async Task Watch_RelapseAfterAHumanClosedItAgain_IsNotReopened()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        await _clinic.SupportAsync(issue);
        _clinic.Tracker[issue] = _clinic.Tracker[issue] with { ClosedByUs = false };
        _clinic.System.Stop("worker");

        await _clinic.Medic().WatchAsync(once: true, _clinic.Observer, CancellationToken.None);

        _clinic.Tracker.Writes.ShouldNotContain("reopen 1");
        _clinic.Tracker[issue].IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task Watch_CrashAfterReopening_StillEditsTheOneComment()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        await _clinic.SupportAsync(issue);
        _clinic.Time.Advance(TimeSpan.FromSeconds(5));
        _clinic.System.Stop("worker");
        _clinic.Observer.OnAppended = (_, e) =>
        {
            if (e is IncidentEvent.IssueReopened)
            {
                _clinic.Observer.OnAppended = null;
                throw new CrashingJournal.CrashException();
            }
        };
        await Should.ThrowAsync<CrashingJournal.CrashException>(() => _clinic.Medic().WatchAsync(once: true, _clinic.Observer, CancellationToken.None));
        _clinic.Store.HolderDies();

        await _clinic.Medic().WatchAsync(once: true, _clinic.Observer, CancellationToken.None);

        _clinic.Tracker[issue].Comments.Single().Body.ShouldContain("came back");
        _clinic.Tracker.Writes.Count(w => w == "reopen 1").ShouldBe(1);
    }

    private async Task<IssueRef> RunWithAsync(Func<Issue, Issue> meanwhile)
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        _clinic.Observer.OnAppended = (_, e) =>
        {
            if (e is IncidentEvent.ActionFinished)
            {
                _clinic.Tracker[issue] = meanwhile(_clinic.Tracker[issue]);
            }
        };
        (await _clinic.SupportAsync(issue)).Outcome.ShouldBe(RunOutcome.Held);
        return issue;
    }
}
