using FieldMedic.Chat;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Testing;
using FieldMedic.Tracker;

namespace FieldMedic.Tests.Talk;

public sealed class ChatTests
{
    private readonly Clinic _clinic = new();
    private readonly IssueRef _issue;

    public ChatTests()
    {
        _clinic.Tracker.Roles["triager"] = RepositoryRole.Triage;
        _clinic.System.Stop("worker");
        _issue = _clinic.Tracker.Open(1, "Sync stuck");
    }

    [Fact]
    public async Task Help_Asked_AnswersInTheOneComment()
    {
        (await SayAsync("/medic help")).Outcome.ShouldBe(ChatOutcome.Done);
        (await SayAsync("/medic")).Command.ShouldBe(ChatCommand.Help);

        Approved.Check(Status(), "chat-help");
        _clinic.Tracker.Reactions.ShouldAllBe(r => r.EndsWith("eyes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Diagnose_WithoutIncident_MeasuresAndChangesNothing()
    {
        (await SayAsync("/medic diagnose", "triager")).Outcome.ShouldBe(ChatOutcome.Done);

        Status().ShouldContain("worker_down/worker");
        NothingWasDone();
        _clinic.Store.All().ShouldBeEmpty();
    }

    [Fact]
    public async Task Plan_Asked_ShowsWhatWouldBeDoneAndDoesNot()
    {
        (await SayAsync("/medic plan", "triager")).Outcome.ShouldBe(ChatOutcome.Done);

        Status().ShouldContain("decided: do start on worker-1");
        NothingWasDone();
    }

    [Fact]
    public async Task Why_AfterARepair_ShowsTheChainOfEvidence()
    {
        await _clinic.SupportAsync(_issue);

        var result = await SayAsync("/medic why", "triager");

        result.Outcome.ShouldBe(ChatOutcome.Done);
        foreach (var step in new[] { "read: ", "measured: ", "found: worker_down/worker", "decided: ", "done: start on worker-1", "verified: Resolved", "proved: " })
        {
            Status().ShouldContain(step);
        }

        Status().ShouldContain("### ✅ Resolved");
        _clinic.Tracker[_issue].Comments.Count(c => c.IsOurs).ShouldBe(1);
    }

    [Fact]
    public async Task Why_NothingDecided_IsRefused() => (await SayAsync("/medic why")).Outcome.ShouldBe(ChatOutcome.Refused);

    [Fact]
    public async Task Approve_PlanThatWaits_RunsIt()
    {
        _clinic.System.Policy = _clinic.System.Policy with { Autonomy = Autonomy.Approve };
        await _clinic.SupportAsync(_issue);

        var result = await SayAsync("/medic approve");

        result.Outcome.ShouldBe(ChatOutcome.Done);
        NothingWasDone();
        (await _clinic.SupportAsync(_issue, result.Then)).Outcome.ShouldBe(RunOutcome.Closed);
        Events().OfType<IncidentEvent.ApprovalGiven>().ShouldHaveSingleItem().By.ShouldBe("maintainer");
    }

    [Fact]
    public async Task Approve_NothingWaits_IsRefused() => (await SayAsync("/medic approve")).ShouldSatisfyAllConditions(r => r.Outcome.ShouldBe(ChatOutcome.Refused), r => r.Then.ShouldBeNull());

    [Fact]
    public async Task Hold_ThenResume_StandsBackAndGoesOn()
    {
        (await SayAsync("/medic hold", "triager")).Outcome.ShouldBe(ChatOutcome.Done);
        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Held);
        NothingWasDone();

        var result = await SayAsync("/medic resume");

        (await _clinic.SupportAsync(_issue, result.Then)).Outcome.ShouldBe(RunOutcome.Closed);
    }

    [Fact]
    public async Task Resume_NotOnHold_IsRefused() => (await SayAsync("/medic resume")).Outcome.ShouldBe(ChatOutcome.Refused);

    [Fact]
    public async Task Retry_AfterAnEscalation_StartsANewIncident()
    {
        _clinic.System.Unreachable = "no route";
        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Escalated);
        _clinic.System.Unreachable = null;

        var result = await SayAsync("/medic retry");

        (await _clinic.SupportAsync(_issue, result.Then)).Outcome.ShouldBe(RunOutcome.Closed);
        Events().OfType<IncidentEvent.IncidentOpened>().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Retry_ClosedIssue_IsRefused()
    {
        await _clinic.SupportAsync(_issue);
        (await SayAsync("/medic retry")).Outcome.ShouldBe(ChatOutcome.Refused);
    }

    [Fact]
    public async Task Close_MaintainersWord_IsRecordedAsSuchAndProvesNothing()
    {
        (await SayAsync("/medic close")).Outcome.ShouldBe(ChatOutcome.Done);

        _clinic.Tracker[_issue].IsOpen.ShouldBeFalse();
        _clinic.Tracker.Writes.ShouldContain("close on word 1");
        Events().OfType<IncidentEvent.ClosedOnWord>().ShouldHaveSingleItem().By.ShouldBe("maintainer");
        Events().OfType<IncidentEvent.IssueClosed>().ShouldBeEmpty();
        Incident().ShouldSatisfyAllConditions(i => i.IsOver.ShouldBeTrue(), i => i.Proof.ShouldBeNull(), i => i.Issues[0].Closed.ShouldBeFalse());
        Approved.Check(Status(), "chat-closed-on-word");
        NothingWasDone();
    }

    [Fact]
    public async Task Close_WhileAPlanWaits_EndsTheIncident()
    {
        _clinic.System.Policy = _clinic.System.Policy with { Autonomy = Autonomy.Approve };
        await _clinic.SupportAsync(_issue);

        await SayAsync("/medic close");

        Incident().IsOver.ShouldBeTrue();
        (await _clinic.Medic().WatchAsync(once: true, _clinic.Observer, CancellationToken.None)).ShouldBeEmpty();
        NothingWasDone();
    }

    [Fact]
    public async Task Close_ByTriage_IsRefused()
    {
        (await SayAsync("/medic close", "triager")).Outcome.ShouldBe(ChatOutcome.Refused);
        _clinic.Tracker[_issue].IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Handle_SameCommentTwice_DoesItOnce()
    {
        await _clinic.SupportAsync(_issue);
        _clinic.Tracker[_issue] = _clinic.Tracker[_issue] with { IsOpen = true };
        var id = _clinic.Tracker.Comment(_issue, "maintainer", "/medic close");

        (await _clinic.Chat().HandleAsync(_issue, id, CancellationToken.None)).Outcome.ShouldBe(ChatOutcome.Done);
        (await _clinic.Chat().HandleAsync(_issue, id, CancellationToken.None)).Outcome.ShouldBe(ChatOutcome.Repeated);

        _clinic.Tracker.Writes.Count(w => w == "close on word 1").ShouldBe(1);
        Events().OfType<IncidentEvent.CommandAnswered>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Handle_RetryTwice_StillSaysWhatHasToFollowUntilItDid()
    {
        _clinic.System.Unreachable = "no route";
        await _clinic.SupportAsync(_issue);
        _clinic.System.Unreachable = null;
        _clinic.Time.Advance(TimeSpan.FromMinutes(1));
        var id = _clinic.Tracker.Comment(_issue, "maintainer", "/medic retry");
        await _clinic.Chat().HandleAsync(_issue, id, CancellationToken.None);

        var again = await _clinic.Chat().HandleAsync(_issue, id, CancellationToken.None);
        await _clinic.SupportAsync(_issue, again.Then.ShouldNotBeNull());

        (await _clinic.Chat().HandleAsync(_issue, id, CancellationToken.None)).Then.ShouldBeNull();
    }

    [Theory]
    [InlineData("passer-by")]
    [InlineData("reporter")]
    [InlineData("maintainer[bot]")]
    [InlineData("Maintainer")]
    public async Task Handle_SomebodyWithoutPermission_IsRefusedAndSaidSo(string author)
    {
        (await SayAsync("/medic hold", author)).Outcome.ShouldBe(ChatOutcome.Refused);

        Status().ShouldContain("not done, hold needs the role triage");
        _clinic.Tracker.Reactions.ShouldHaveSingleItem().ShouldEndWith("confused");
        _clinic.Tracker[_issue].Labels.ShouldBeEmpty();
    }

    [Fact]
    public async Task Handle_EditedAfterwards_IsRefusedAndSaidSo()
    {
        (await _clinic.SayAsync(_issue, "maintainer", "/medic close", TimeSpan.FromSeconds(1))).Outcome.ShouldBe(ChatOutcome.Refused);

        Status().ShouldContain("edited after it was written");
        _clinic.Tracker[_issue].IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Support_ApprovalEditedAfterwards_Waits()
    {
        _clinic.System.Policy = _clinic.System.Policy with { Autonomy = Autonomy.Approve };
        await _clinic.SupportAsync(_issue);
        _clinic.Tracker.Comment(_issue, "maintainer", "/medic approve", editedAfter: TimeSpan.FromMinutes(1));

        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Held);

        NothingWasDone();
    }

    [Theory]
    [InlineData("/medic hold\n/medic close", "one command a comment")]
    [InlineData("/medic destroy", "there is no such command")]
    [InlineData("/medic close --all", "there is no such command")]
    public async Task Handle_NotUnderstood_IsRefusedAndSaidSo(string body, string said)
    {
        (await SayAsync(body)).Outcome.ShouldBe(ChatOutcome.Refused);

        Status().ShouldContain(said);
        _clinic.Tracker[_issue].IsOpen.ShouldBeTrue();
    }

    [Theory]
    [InlineData("> /medic close")]
    [InlineData("```\n/medic close\n```")]
    [InlineData("<!--\n/medic close\n-->")]
    [InlineData("no command")]
    public async Task Handle_NoCommand_WritesNothing(string body)
    {
        (await SayAsync(body)).Outcome.ShouldBe(ChatOutcome.Ignored);
        NothingWasWritten();
    }

    [Fact]
    public async Task Handle_Bot_WritesNothing()
    {
        _clinic.Tracker.Maintainers.Add("robot");
        var id = _clinic.Tracker.Comment(_issue, "robot", "/medic close", isBot: true);

        (await _clinic.Chat().HandleAsync(_issue, id, CancellationToken.None)).Outcome.ShouldBe(ChatOutcome.Ignored);

        NothingWasWritten();
    }

    [Fact]
    public async Task Handle_OurOwnReport_WritesNothing()
    {
        var id = _clinic.Tracker.Comment(_issue, "maintainer", $"{CommentMarker.Start}INC-1 -->\n\n/medic close", isOurs: true);

        (await _clinic.Chat().HandleAsync(_issue, id, CancellationToken.None)).Outcome.ShouldBe(ChatOutcome.Ignored);

        NothingWasWritten();
    }

    [Fact]
    public async Task Handle_CommentIsGone_WritesNothing()
    {
        (await _clinic.Chat().HandleAsync(_issue, 4711, CancellationToken.None)).Outcome.ShouldBe(ChatOutcome.Ignored);
        NothingWasWritten();
    }

    [Fact]
    public async Task Handle_PermissionCannotBeRead_FailsAndDoesNothing()
    {
        _clinic.Tracker.FailPermissions = new TrackerException(TrackerFailure.Forbidden, "Must have push access.");

        (await SayAsync("/medic close")).Outcome.ShouldBe(ChatOutcome.Failed);

        NothingWasWritten();
    }

    private void NothingWasWritten()
    {
        _clinic.Tracker.Writes.ShouldBeEmpty();
        _clinic.Tracker.Reactions.ShouldBeEmpty();
        _clinic.Store.All().ShouldBeEmpty();
    }

    private void NothingWasDone() => _clinic.System.Effects.ShouldBeEmpty();

    private Task<ChatResult> SayAsync(string body, string author = "maintainer") => _clinic.SayAsync(_issue, author, body);

    private IEnumerable<IncidentEvent> Events() => _clinic.Store.All().Select(e => e.Event);

    private Incident Incident() => Incidents.Incident.Fold(_clinic.Store.All())!;

    private string Status() => _clinic.Tracker[_issue].Comments.Single(c => c.Body.StartsWith(CommentMarker.Start, StringComparison.Ordinal)).Body;
}
