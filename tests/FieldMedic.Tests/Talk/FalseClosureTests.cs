using FieldMedic.Chat;
using FieldMedic.Incidents;
using FieldMedic.Testing;

namespace FieldMedic.Tests.Talk;

/// <summary>Invariant 8: who is told that closing was wrong does not close again.</summary>
public sealed class FalseClosureTests
{
    private readonly Clinic _clinic = new();
    private readonly IssueRef _issue;

    public FalseClosureTests()
    {
        _clinic.System.Stop("worker");
        _issue = _clinic.Tracker.Open(1, "Sync stuck");
    }

    [Theory]
    [InlineData("It is still broken.")]
    [InlineData("Sorry, das funktioniert immer noch nicht")]
    [InlineData("Désolé, ça ne marche toujours pas")]
    [InlineData("ancora non funziona")]
    public async Task StillBroken_ByTheReporter_OpensAFreshIncidentThatOnlyAHumanCloses(string said)
    {
        var first = (await _clinic.SupportAsync(_issue)).Incident!;
        _clinic.System.Stop("worker");

        var result = await _clinic.SayAsync(_issue, "reporter", said);

        result.Outcome.ShouldBe(ChatOutcome.Done);
        _clinic.Tracker[_issue].IsOpen.ShouldBeTrue();
        var second = (await _clinic.SupportAsync(_issue, result.Then.ShouldNotBeNull())).Incident!;
        second.Id.ShouldNotBe(first.Id);
        second.Follows.ShouldBe(first.Id);
        second.Report!.Outcome.ShouldBe(IncidentOutcome.Closed);
        _clinic.Tracker[_issue].IsOpen.ShouldBeTrue();
        Disputes().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Reopened_ByAHuman_CountsOnceAndOnlyAHumanCloses()
    {
        var first = (await _clinic.SupportAsync(_issue)).Incident!;
        _clinic.System.Stop("worker");
        _clinic.Tracker[_issue] = _clinic.Tracker[_issue] with { IsOpen = true, ClosedByUs = false, HumanReopened = true };

        var second = (await _clinic.SupportAsync(_issue)).Incident!;
        await _clinic.SupportAsync(_issue);

        second.Follows.ShouldBe(first.Id);
        _clinic.Tracker[_issue].IsOpen.ShouldBeTrue();
        Disputes().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("passer-by", "still broken")]
    [InlineData("reporter", "Is it still broken?")]
    [InlineData("reporter", "> still broken")]
    [InlineData("reporter", "thanks, it works")]
    public async Task Comment_ThatDisputesNothing_LeavesItClosed(string author, string said)
    {
        await _clinic.SupportAsync(_issue);

        (await _clinic.SayAsync(_issue, author, said)).Outcome.ShouldBe(ChatOutcome.Ignored);

        _clinic.Tracker[_issue].IsOpen.ShouldBeFalse();
        Disputes().ShouldBeEmpty();
    }

    [Fact]
    public async Task StillBroken_AfterAMaintainersWord_LeavesItClosed()
    {
        await _clinic.SayAsync(_issue, "maintainer", "/medic close");

        (await _clinic.SayAsync(_issue, "reporter", "still broken")).Outcome.ShouldBe(ChatOutcome.Ignored);

        _clinic.Tracker[_issue].IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task StillBroken_HandledTwice_IsCountedOnce()
    {
        await _clinic.SupportAsync(_issue);
        var id = _clinic.Tracker.Comment(_issue, "reporter", "still broken");

        await _clinic.Chat().HandleAsync(_issue, id, CancellationToken.None);
        await _clinic.Chat().HandleAsync(_issue, id, CancellationToken.None);

        Disputes().ShouldHaveSingleItem();
        _clinic.Tracker.Writes.Count(w => w == "reopen 1").ShouldBe(1);
    }

    private IEnumerable<IncidentEvent.ClosureDisputed> Disputes() => _clinic.Store.All().Select(e => e.Event).OfType<IncidentEvent.ClosureDisputed>();
}
