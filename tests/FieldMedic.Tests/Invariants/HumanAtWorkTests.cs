using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Testing;
using FieldMedic.Tracker;

namespace FieldMedic.Tests.Invariants;

/// <summary>Invariant 8: while a maintainer is at work on the issue nothing is done on the system and nothing closed, and nobody else can bring that about.</summary>
public sealed class HumanAtWorkTests
{
    private readonly Clinic _clinic = new();
    private readonly IssueRef _issue;

    public HumanAtWorkTests()
    {
        _clinic.System.Stop("worker");
        _issue = _clinic.Tracker.Open(1, "Sync stuck");
    }

    [Fact]
    public async Task Support_MaintainerCommented_ReportsThePlanAndWaits()
    {
        _clinic.Tracker.Comment(_issue, "maintainer", "I am looking into this.");

        var result = await _clinic.SupportAsync(_issue);

        result.Outcome.ShouldBe(RunOutcome.Held);
        _clinic.System.Effects.ShouldBeEmpty();
        var waiting = Events().OfType<IncidentEvent.Decided>().Select(d => d.Decision).OfType<Decision.AwaitApproval>().ShouldHaveSingleItem();
        waiting.Human.ShouldBe(new HumanAtWork(_issue, "maintainer", _clinic.Time.Start));
        Approved.Check(Status(), "human-at-work");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("bug")]
    public async Task Support_MaintainerLabelledOrTookTheIssue_Waits(string? label)
    {
        Do(new IssueDeed("maintainer", IsOurs: false, IsBot: false, _clinic.Time.GetUtcNow(), label));

        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Held);

        _clinic.System.Effects.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/medic approve")]
    [InlineData("/medic resume")]
    public async Task Support_MaintainerSaysGoOn_RunsThePlanAndCloses(string word)
    {
        _clinic.Tracker.Comment(_issue, "maintainer", "I am looking into this.");
        await _clinic.SupportAsync(_issue);
        _clinic.Time.Advance(TimeSpan.FromSeconds(5));

        var said = await _clinic.SayAsync(_issue, "maintainer", word);

        said.Then.ShouldNotBeNull();
        (await _clinic.SupportAsync(_issue, said.Then)).Outcome.ShouldBe(RunOutcome.Closed);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);
        Events().OfType<IncidentEvent.ApprovalGiven>().ShouldHaveSingleItem().By.ShouldBe("maintainer");
    }

    [Theory]
    [InlineData("passer-by")]
    [InlineData("reporter")]
    public async Task Support_SomebodyElseSaysGoOn_Waits(string author)
    {
        _clinic.Tracker.Comment(_issue, "maintainer", "I am looking into this.");
        await _clinic.SupportAsync(_issue);
        _clinic.Time.Advance(TimeSpan.FromSeconds(5));

        (await _clinic.SayAsync(_issue, author, "/medic resume")).Then.ShouldBeNull();
        await _clinic.SupportAsync(_issue);

        _clinic.System.Effects.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("passer-by", false, false)]
    [InlineData("maintainer", false, true)]
    [InlineData("reporter", false, false)]
    [InlineData("Maintainer ", false, false)]
    [InlineData("maintainer[bot]", false, false)]
    [InlineData("m\u0430intainer", false, false)]
    public async Task Support_NobodyWhoMayWriteDidSomething_IsNotHeldUp(string author, bool isOurs, bool isBot)
    {
        _clinic.Tracker.Comment(_issue, author, "I am the maintainer and at work on this, stand back.", isOurs, isBot);
        Do(new IssueDeed(author, isOurs, isBot, _clinic.Time.GetUtcNow(), "bug"));

        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Closed);
    }

    [Fact]
    public async Task Support_ReporterIsAMaintainer_IsNotHeldUpByTheirOwnReport()
    {
        _clinic.Tracker.Maintainers.Add("reporter");
        _clinic.Tracker.Comment(_issue, "reporter", "More of the same at 12:03.");

        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Closed);
    }

    [Theory]
    [InlineData("hold")]
    [InlineData("medic")]
    public async Task Support_MaintainerTookAnOrderLabelOff_IsNoWorkOnTheIssue(string label)
    {
        Do(new IssueDeed("maintainer", IsOurs: false, IsBot: false, _clinic.Time.GetUtcNow(), label));

        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Closed);
    }

    [Theory]
    [InlineData("/medic diagnose", true)]
    [InlineData("/medic resume", false)]
    [InlineData("> /medic resume", true)]
    public async Task Support_CommandAfterTheComment_OnlyAGoAheadEndsTheWork(string command, bool waits)
    {
        _clinic.Tracker.Comment(_issue, "maintainer", "I am looking into this.");
        _clinic.Time.Advance(TimeSpan.FromSeconds(5));
        _clinic.Tracker.Comment(_issue, "maintainer", command);

        await _clinic.SupportAsync(_issue);

        _clinic.System.Effects.IsEmpty.ShouldBe(waits);
    }

    [Fact]
    public async Task Support_GoAheadThatWasEdited_IsNone()
    {
        _clinic.Tracker.Comment(_issue, "maintainer", "I am looking into this.");
        _clinic.Time.Advance(TimeSpan.FromSeconds(5));
        _clinic.Tracker.Comment(_issue, "maintainer", "/medic resume", editedAfter: TimeSpan.FromSeconds(9));

        await _clinic.SupportAsync(_issue);

        _clinic.System.Effects.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(10, 9, true)]
    [InlineData(10, 11, false)]
    [InlineData(0, 0, false)]
    public async Task Support_WorkLongAgoOrNotLookedFor_IsNotHeldUp(int backOff, int minutesAgo, bool waits)
    {
        _clinic.System.Policy = _clinic.System.Policy with { BackOff = TimeSpan.FromMinutes(backOff) };
        _clinic.Tracker.Comment(_issue, "maintainer", "I am looking into this.");
        _clinic.Time.Advance(TimeSpan.FromMinutes(minutesAgo));

        await _clinic.SupportAsync(_issue);

        _clinic.System.Effects.IsEmpty.ShouldBe(waits);
    }

    [Fact]
    public async Task Support_MaintainerCommentsBetweenTwoActions_StopsBeforeTheSecondAndGoesOnWhenTold()
    {
        _clinic.System["worker.desired"] = ObservedValue.Of(2);
        _clinic.System.OnAction = (system, _) =>
        {
            system["worker.running"] = ObservedValue.Of(system["worker.running"].Number + 1);
            _clinic.System.OnAction = null;
            _clinic.Tracker.Comment(_issue, "maintainer", "Wait, I am in there.");
            _clinic.Time.Advance(TimeSpan.FromSeconds(20));
        };

        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Held);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);

        _clinic.Tracker.Comment(_issue, "maintainer", "/medic resume");
        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Closed);
        _clinic.System.Effects.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Support_MaintainerCommentsWhileItIsWatched_IsReportedButNotClosed()
    {
        _clinic.Observer.OnAppended = (_, e) =>
        {
            if (e is IncidentEvent.Stabilized)
            {
                _clinic.Tracker.Comment(_issue, "maintainer", "I will check this myself.");
            }
        };

        (await _clinic.SupportAsync(_issue)).Outcome.ShouldBe(RunOutcome.Held);

        _clinic.Tracker[_issue].IsOpen.ShouldBeTrue();
        _clinic.Tracker.Writes.ShouldNotContain("close 1");
        Status().ShouldContain("This issue is left as it is: a maintainer is at work on it.");
        Events().OfType<IncidentEvent.IssueLeft>().ShouldHaveSingleItem().Why.ShouldBe("a maintainer is at work on it");
    }

    [Fact]
    public async Task Support_WhoMayWriteCannotBeToldNow_DoesNothingAndGoesOnLater()
    {
        _clinic.Tracker.Comment(_issue, "passer-by", "me too");
        _clinic.Tracker.FailPermissions = new TrackerException(TrackerFailure.Unavailable, "no answer");
        await _clinic.SupportAsync(_issue);
        _clinic.System.Effects.ShouldBeEmpty();

        _clinic.Tracker.FailPermissions = null;
        await _clinic.Medic().WatchAsync(once: true, _clinic.Observer, CancellationToken.None);

        _clinic.System.Effects.ShouldBe(["start worker-1"]);
        _clinic.Tracker[_issue].IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task Support_PackWantsApproval_ResumeIsNone()
    {
        _clinic.System.Policy = _clinic.System.Policy with { Autonomy = Autonomy.Approve };
        _clinic.Tracker.Comment(_issue, "maintainer", "I am looking into this.");
        await _clinic.SupportAsync(_issue);

        _clinic.Tracker.Comment(_issue, "maintainer", "/medic resume");
        await _clinic.SupportAsync(_issue);

        _clinic.System.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Journal_Replayed_GivesTheSameIncidentWithItsReason()
    {
        _clinic.Tracker.Comment(_issue, "maintainer", "I am looking into this.");
        var incident = (await _clinic.SupportAsync(_issue)).Incident!;

        var replayed = (await _clinic.Medic().GetIncidentAsync(incident.Id, CancellationToken.None))!;

        replayed.Stage.ShouldBe(IncidentStage.AwaitApproval);
        replayed.Decision.ShouldBeOfType<Decision.AwaitApproval>().Human.ShouldBe(new HumanAtWork(_issue, "maintainer", _clinic.Time.Start));
    }

    private void Do(IssueDeed deed) => _clinic.Tracker[_issue] = _clinic.Tracker[_issue] with { Deeds = [.. _clinic.Tracker[_issue].Deeds, deed] };

    private IEnumerable<IncidentEvent> Events() => _clinic.Store.All().Select(e => e.Event);

    private string Status() => _clinic.Tracker[_issue].Comments.Single(c => c.Body.StartsWith(CommentMarker.Start, StringComparison.Ordinal)).Body;
}
