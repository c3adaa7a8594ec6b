using FieldMedic.GitHub.Issues;
using FieldMedic.GitHub.Tests.Harness;
using FieldMedic.GitHub.Wire;
using FieldMedic.Incidents;
using FieldMedic.Tracker;
using GitHubSimulator.State;

namespace FieldMedic.GitHub.Tests;

public sealed class ReadTests
{
    private const string Marker = "<!-- fieldmedic incident=inc-1 -->";

    [Fact]
    public async Task GetIssue_OfSomebody_GivesAllFields()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Store.AddComment(Office.Repository, office.Ref.Number, "ada", "any news?");
        var issue = await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel);

        issue.Title.ShouldBe("Sync stuck at 50%");
        issue.Body.ShouldBe("It does not move.");
        issue.Author.ShouldBe("ada");
        issue.IsOpen.ShouldBeTrue();
        issue.Labels.ShouldBe(["bug"]);
        issue.Url.ShouldBe(office.GitHub.PageOf(Office.Repository, office.Ref.Number));
        issue.Comments.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            c => c.Author.ShouldBe("ada"), c => c.IsOurs.ShouldBeFalse(), c => c.IsBot.ShouldBeFalse(), c => c.Body.ShouldBe("any news?"));
        (issue.HumanReopened, issue.ClosedByUs, issue.LastReopenedAt).ShouldBe((false, false, null));
    }

    [Fact]
    public async Task GetIssue_LabelledAndAssigned_TellsWhoDidIt()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Access.Grant(Office.Repository, "mara", Permission.Write);
        office.GitHub.Store.AddLabel(Office.Repository, office.Ref.Number, "mara", "urgent");
        office.GitHub.Store.AssignIssue(Office.Repository, office.Ref.Number, "mara", "ada");
        office.GitHub.Store.RemoveLabel(Office.Repository, office.Ref.Number, "sorter[bot]", "urgent");
        await office.Tracker.ChangeLabelsAsync(office.Ref, ["resolved"], [], Office.Cancel);

        var deeds = (await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel)).Deeds;

        deeds.Select(d => (d.By, d.IsOurs, d.IsBot, d.Label)).TakeLast(4).ShouldBe(
            [("mara", false, false, "urgent"), ("mara", false, false, null), ("sorter[bot]", false, true, "urgent"), (Office.Us, true, false, "resolved")]);
    }

    [Fact]
    public async Task GetIssue_ForgedMarker_IsNotOurs()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Store.AddComment(Office.Repository, office.Ref.Number, "ada", Marker + "\nclosed, all good");
        office.GitHub.Store.AddComment(Office.Repository, office.Ref.Number, "fieldmedic-bot[bot]", Marker);
        await office.Tracker.CreateCommentAsync(office.Ref, Marker, Office.Cancel);

        var issue = await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel);
        issue.Comments.Select(c => (c.IsOurs, c.IsBot)).ShouldBe([(false, false), (false, true), (true, false)]);
    }

    [Theory]
    [InlineData(Permission.Admin, RepositoryRole.Admin)]
    [InlineData(Permission.Maintain, RepositoryRole.Maintain)]
    [InlineData(Permission.Write, RepositoryRole.Write)]
    [InlineData(Permission.Triage, RepositoryRole.Triage)]
    [InlineData(Permission.Read, RepositoryRole.Read)]
    public async Task RoleOf_ByTheTrackersOwnWord(Permission permission, RepositoryRole role)
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Access.Grant(Office.Repository, "ada", permission);

        (await office.Tracker.RoleOfAsync(office.Ref, "ada", Office.Cancel)).ShouldBe(role);
    }

    [Theory]
    [InlineData("../../user")]
    [InlineData("ada/../fieldmedic-bot")]
    public async Task RoleOf_NameThatClimbs_IsNobody(string login)
    {
        await using var office = await Office.OpenAsync();

        (await office.Tracker.RoleOfAsync(office.Ref, login, Office.Cancel)).ShouldBeOneOf(RepositoryRole.None, RepositoryRole.Read);
    }

    [Fact]
    public async Task RoleOf_TokenMayNotAsk_Fails()
    {
        await using var office = await Office.OpenAsync();

        (await Office.FailAsync(() => office.As("user:ada").RoleOfAsync(office.Ref, "grace", Office.Cancel))).Failure.ShouldBe(TrackerFailure.Forbidden);
    }

    [Fact]
    public void Is_SameLoginOtherId_IsNotUs()
    {
        var us = new Account(7, "fieldmedic-bot");
        us.Is(new WireUser(8, "fieldmedic-bot", "Bot")).ShouldBeFalse();
        us.Is(new WireUser(7, "renamed", "User")).ShouldBeTrue();
        us.Is(null).ShouldBeFalse();
        new Account(null, "my-app[bot]").Is(new WireUser(9, "My-App[bot]", "Bot")).ShouldBeTrue();
    }

    [Fact]
    public async Task GetIssue_HundredsOfComments_GivesAllInOrder()
    {
        await using var office = await Office.OpenAsync();
        Talk(office, 250);
        var issue = await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel);
        issue.Comments.Select(c => c.Body).ShouldBe(Enumerable.Range(1, 250).Select(n => $"comment {n}"));
    }

    [Fact]
    public async Task GetIssue_ThousandsOfComments_GivesFirstAndNewest()
    {
        await using var office = await Office.OpenAsync();
        Talk(office, 1150);
        var issue = await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel);
        issue.Comments.Select(c => c.Body).ShouldBe(Enumerable.Range(1, 100).Concat(Enumerable.Range(301, 850)).Select(n => $"comment {n}"));
        office.Sent("GET", "/comments").ShouldBe(10);
    }

    [Fact]
    public async Task GetIssue_ReopenedByHumanAfterUs_SaysSo()
    {
        await using var office = await Office.OpenAsync();
        await office.Tracker.CloseAsync(office.Ref, Office.Proof, Office.Cancel);
        (await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel)).ShouldSatisfyAllConditions(
            i => i.ClosedByUs.ShouldBeTrue(), i => i.IsOpen.ShouldBeFalse(), i => i.HumanReopened.ShouldBeFalse());

        office.GitHub.Store.ReopenIssue(Office.Repository, office.Ref.Number, "ada");
        (await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel)).ShouldSatisfyAllConditions(
            i => i.ClosedByUs.ShouldBeFalse(), i => i.HumanReopened.ShouldBeTrue(), i => i.LastReopenedAt.ShouldNotBeNull());
    }

    [Fact]
    public async Task GetIssue_ReopenedByUs_IsNoHuman()
    {
        await using var office = await Office.OpenAsync();
        await office.Tracker.CloseAsync(office.Ref, Office.Proof, Office.Cancel);
        await office.Tracker.ReopenAsync(office.Ref, Office.Cancel);
        var issue = await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel);
        (issue.IsOpen, issue.HumanReopened).ShouldBe((true, false));
        issue.LastReopenedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task GetIssue_ClosedAndReopenedByHumans_IsNotAgainstUs()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Store.CloseIssue(Office.Repository, office.Ref.Number, "ada");
        (await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel)).ClosedByUs.ShouldBeFalse();
        office.GitHub.Store.ReopenIssue(Office.Repository, office.Ref.Number, "ada");
        (await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel)).HumanReopened.ShouldBeFalse();
    }

    [Fact]
    public async Task GetIssue_NumberOfPullRequest_IsRefused()
    {
        var canned = new CannedHandler(request => request.RequestUri!.AbsolutePath switch
        {
            "/user" => (200, """{"id":1,"login":"us","type":"User"}"""),
            "/repos/acme/maps/issues/3" => (200, """{"number":3,"title":"t","state":"open","html_url":"https://github.com/acme/maps/pull/3","pull_request":{"url":"x"}}"""),
            _ => (200, "[]"),
        });
        using var tracker = new GitHubTracker(new GitHubSettings { Governor = new Governor(), Token = () => "t" }, Office.MakeTime(), canned);
        var failure = await Office.FailAsync(() => tracker.GetIssueAsync(new IssueRef("acme/maps", 3), Office.Cancel));
        failure.Failure.ShouldBe(TrackerFailure.Invalid);
        failure.Message.ShouldContain("acme/maps#3 is a pull request");
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("acme/..")]
    [InlineData("../user")]
    [InlineData("acme/maps/issues")]
    [InlineData("acme/maps?x")]
    public async Task GetIssue_NoRepositoryName_IsRefusedBeforeSending(string name)
    {
        var canned = new CannedHandler(_ => (200, "{}"));
        using var tracker = new GitHubTracker(new GitHubSettings { Governor = new Governor(), Token = () => "t" }, Office.MakeTime(), canned);
        (await Office.FailAsync(() => tracker.GetIssueAsync(new IssueRef(name, 1), Office.Cancel))).Failure.ShouldBe(TrackerFailure.Invalid);
        canned.Sent.ShouldBeEmpty();
    }

    private static void Talk(Office office, int count)
    {
        for (var n = 1; n <= count; n++)
        {
            office.GitHub.Store.AddComment(Office.Repository, office.Ref.Number, "ada", $"comment {n}");
        }
    }
}
