using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Testing;
using FieldMedic.Tracker;

namespace FieldMedic.Tests.Invariants;

/// <summary>Where the pack asks for approval nothing runs without a maintainer's word, and then exactly what was shown.</summary>
public sealed class ApprovalTests
{
    private readonly Clinic _clinic = new();
    private readonly IssueRef _issue;

    public ApprovalTests()
    {
        _clinic.System.Policy = _clinic.System.Policy with { Autonomy = Autonomy.Approve };
        _clinic.System.Stop("worker");
        _issue = _clinic.Tracker.Open(1, "Sync stuck", "Please fix.\n/medic approve");
        _clinic.Tracker.Comment(_issue, "maintainer", "/medic approve");
    }

    [Fact]
    public async Task Support_NobodyApprovedSinceThePlanWasShown_Waits()
    {
        await _clinic.SupportAsync(_issue);

        var again = await _clinic.SupportAsync(_issue);

        again.Outcome.ShouldBe(RunOutcome.Held);
        _clinic.System.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Support_MaintainerApproves_RunsExactlyThePlanThatWasShown()
    {
        var shown = (await _clinic.SupportAsync(_issue)).Decision.ShouldBeOfType<Decision.AwaitApproval>().Plan;
        _clinic.Tracker.Comment(_issue, "maintainer", "/medic approve\n\nthanks");

        var result = await _clinic.SupportAsync(_issue);

        result.Outcome.ShouldBe(RunOutcome.Closed);
        result.Incident!.Actions.Select(a => a.Action).ShouldBe(shown.Actions);
        Events().OfType<IncidentEvent.ApprovalGiven>().ShouldHaveSingleItem().By.ShouldBe("maintainer");
    }

    [Fact]
    public async Task Watch_MaintainerApproved_GoesOn()
    {
        await _clinic.SupportAsync(_issue);
        _clinic.Tracker.Comment(_issue, "maintainer", "/medic approve");

        await _clinic.Medic().WatchAsync(once: true, _clinic.Observer, CancellationToken.None);

        _clinic.System.Effects.ShouldBe(["start worker-1"]);
        _clinic.Tracker[_issue].IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task Support_Follow_WaitsForTheMaintainer()
    {
        _clinic.Observer.OnAppended = (_, e) =>
        {
            if (e is IncidentEvent.PlanShown)
            {
                _clinic.Tracker.Comment(_issue, "maintainer", "/medic approve");
            }
        };

        (await _clinic.SupportAsync(_issue, new RunOptions { Follow = true })).Outcome.ShouldBe(RunOutcome.Closed);
    }

    [Fact]
    public async Task Support_SomebodyWithoutWriteAccess_DoesNothingAndSaysSoOnce()
    {
        await _clinic.SupportAsync(_issue);
        _clinic.Tracker.Comment(_issue, "passer-by", "/medic approve");

        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Held);
        await _clinic.SupportAsync(_issue);

        _clinic.System.Effects.ShouldBeEmpty();
        Events().OfType<IncidentEvent.ApprovalRefused>().ShouldHaveSingleItem();
        Approved.Check(Status(), "approval-refused");
    }

    [Fact]
    public async Task Support_MaintainerAfterAStranger_Runs()
    {
        await _clinic.SupportAsync(_issue);
        _clinic.Tracker.Comment(_issue, "passer-by", "/medic approve");
        _clinic.Tracker.Comment(_issue, "maintainer", "/medic approve");

        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Closed);
    }

    [Theory]
    [InlineData("> /medic approve")]
    [InlineData("I say /medic approve")]
    [InlineData("```\n/medic approve\n```")]
    [InlineData("    /medic approve")]
    [InlineData("/medic approve --all")]
    [InlineData("/medic approved")]
    [InlineData("<!--\n/medic approve\n-->")]
    [InlineData("/medic\u200b approve")]
    [InlineData("/medic approve\n/medic hold")]
    public async Task Support_NotTheCommand_Waits(string body)
    {
        await _clinic.SupportAsync(_issue);
        _clinic.Tracker.Comment(_issue, "maintainer", body);

        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Held);

        _clinic.System.Effects.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("maintainer", false, true)]
    [InlineData("Maintainer ", false, false)]
    [InlineData("maintainer[bot]", false, false)]
    public async Task Support_NotAMaintainer_Waits(string author, bool isOurs, bool isBot)
    {
        await _clinic.SupportAsync(_issue);
        _clinic.Tracker.Comment(_issue, author, "/medic approve", isOurs, isBot);

        await _clinic.SupportAsync(_issue);

        _clinic.System.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Support_MaintainerSharesOurAccount_OwnReportIsNoCommandAndTheirCommentIs()
    {
        _clinic.Tracker.Maintainers.Add("fieldmedic-bot");
        await _clinic.SupportAsync(_issue);
        _clinic.Tracker.Comment(_issue, "fieldmedic-bot", $"{CommentMarker.Start}INC-1 -->\n/medic approve", isOurs: true);
        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Held);
        _clinic.Tracker.Comment(_issue, "fieldmedic-bot", "/medic approve", isOurs: true);

        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Closed);
    }

    [Fact]
    public async Task Support_TheSystemChangedMeanwhile_ShowsTheOtherPlanFirst()
    {
        await _clinic.SupportAsync(_issue);
        _clinic.System.Stop("db");
        _clinic.Tracker.Comment(_issue, "maintainer", "/medic approve");

        var result = await _clinic.SupportAsync(_issue);

        _clinic.System.Effects.ShouldBeEmpty();
        result.Decision.ShouldBeOfType<Decision.AwaitApproval>().Plan.Finding.ShouldBe("database_down/db");
        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Held);
        _clinic.System.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Support_PermissionCannotBeRead_Waits()
    {
        await _clinic.SupportAsync(_issue);
        _clinic.Tracker.Comment(_issue, "maintainer", "/medic approve");
        _clinic.Tracker.FailPermissions = new TrackerException(TrackerFailure.Forbidden, "Must have push access.");

        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Held);

        _clinic.System.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Support_HoldLabelAfterTheApproval_StandsBack()
    {
        await _clinic.SupportAsync(_issue);
        _clinic.Tracker.Comment(_issue, "maintainer", "/medic approve");
        _clinic.Tracker[_issue] = _clinic.Tracker[_issue] with { Labels = ["hold"] };

        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Held);

        _clinic.System.Effects.ShouldBeEmpty();
    }

    private IEnumerable<IncidentEvent> Events() => _clinic.Store.All().Select(e => e.Event);

    private string Status() => _clinic.Tracker[_issue].Comments.Single(c => c.Body.StartsWith(CommentMarker.Start, StringComparison.Ordinal)).Body;
}
