using FieldMedic.GitHub.Http;
using FieldMedic.GitHub.Tests.Harness;
using FieldMedic.Incidents;
using FieldMedic.Tracker;
using GitHubSimulator.State;

namespace FieldMedic.GitHub.Tests;

public sealed class ConditionalReadTests
{
    [Fact]
    public async Task GetIssue_Unchanged_Is304AndTheSameIssue()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Store.AddComment(Office.Repository, office.Ref.Number, "ada", "any news?");
        var first = await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel);
        office.GitHub.Requests.Clear();

        var second = await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel);

        office.GitHub.Requests.All.Select(r => r.Status).ShouldBe([304, 304, 304]);
        second.ShouldBeEquivalentTo(first);
    }

    [Fact]
    public async Task GetIssue_ChangedMeanwhile_IsSeen()
    {
        await using var office = await Office.OpenAsync();
        await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel);
        office.GitHub.Store.AddComment(Office.Repository, office.Ref.Number, "ada", "still broken");
        office.GitHub.Store.AddLabel(Office.Repository, office.Ref.Number, "eve", "hold");
        office.GitHub.Store.CloseIssue(Office.Repository, office.Ref.Number, "eve");

        for (var read = 0; read < 2; read++)
        {
            var issue = await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel);

            issue.IsOpen.ShouldBeFalse();
            issue.Labels.ShouldContain("hold");
            issue.LabelledBy["hold"].ShouldBe("eve");
            issue.Comments.ShouldHaveSingleItem().Body.ShouldBe("still broken");
        }
    }

    [Fact]
    public async Task GetIssue_CommentAfterAFullPage_IsSeen()
    {
        await using var office = await Office.OpenAsync();
        for (var i = 0; i < 100; i++)
        {
            office.GitHub.Store.AddComment(Office.Repository, office.Ref.Number, "ada", $"comment {i}");
        }

        await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel);
        office.GitHub.Requests.Clear();
        office.GitHub.Store.AddComment(Office.Repository, office.Ref.Number, "eve", "/medic hold");

        (await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel)).Comments[^1].Body.ShouldBe("/medic hold");

        // Whether a 304 carries the link to the second page is the server's affair, so a full page is not asked for conditionally.
        Asked(office, "/issues/1/comments").ShouldBe([(false, 200), (false, 200)]);
        Asked(office, "/issues/1").ShouldBe([(true, 200)]);
    }

    [Fact]
    public async Task RoleOf_ChangedMeanwhile_IsSeen()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Access.Grant(Office.Repository, "ada", Permission.Write);
        await office.Tracker.RoleOfAsync(office.Ref, "ada", Office.Cancel);
        (await office.Tracker.RoleOfAsync(office.Ref, "ada", Office.Cancel)).ShouldBe(RepositoryRole.Write);
        office.GitHub.Access.Grant(Office.Repository, "ada", Permission.Read);
        (await office.Tracker.RoleOfAsync(office.Ref, "ada", Office.Cancel)).ShouldBe(RepositoryRole.Read);

        Asked(office, "/collaborators/ada/permission").ShouldBe([(false, 200), (true, 304), (true, 200)]);
    }

    [Fact]
    public async Task ChangeLabels_KnownLabels_AreAskedConditionally()
    {
        await using var office = await Office.OpenAsync();
        await office.Tracker.ChangeLabelsAsync(office.Ref, ["bug"], [], Office.Cancel);
        await office.Tracker.ChangeLabelsAsync(office.Ref, ["bug"], [], Office.Cancel);
        office.GitHub.Store.RemoveLabel(Office.Repository, office.Ref.Number, "eve", "bug");
        await office.Tracker.ChangeLabelsAsync(office.Ref, ["bug"], [], Office.Cancel);

        office.GitHub.Requests.All.Where(r => r is { Method: "GET", Path: "/repos/acme/maps/issues/1/labels" }).Select(r => r.Status).ShouldBe([200, 304, 200]);
        office.GitHub.Store.LabelsOf(Office.Repository, office.Ref.Number).ShouldBe(["bug"]);
    }

    [Fact]
    public async Task GetIssue_TokenWithoutAccess_GetsNothingOfWhatAnotherRead()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Access.Grant(Office.Repository, "mallory", Permission.None);
        var token = "user:ada";
        using var tracker = new GitHubTracker(office.Settings(null) with { Token = () => token }, office.Time);
        await tracker.GetIssueAsync(office.Ref, Office.Cancel);
        office.GitHub.Requests.Clear();

        token = "user:mallory";

        (await Office.FailAsync(() => tracker.GetIssueAsync(office.Ref, Office.Cancel))).Failure.ShouldBe(TrackerFailure.NotFound);
        office.GitHub.Requests.All.ShouldAllBe(r => !r.Headers.ContainsKey("If-None-Match"));
    }

    [Fact]
    public async Task RoleOf_ServerSaysUnchangedToAStranger_IsNotAnswered()
    {
        // A server or a proxy that takes one token's answer for another's.
        var isFirst = true;
        var canned = new CannedHandler(_ => isFirst ? (200, """{"permission":"admin","role_name":"admin"}""") : (304, "")) { Headers = { ["ETag"] = "W/\"1\"" } };
        var token = "one";
        using var tracker = new GitHubTracker(new GitHubSettings { Governor = new Governor(), Token = () => token }, Office.MakeTime(), canned);
        var issue = new IssueRef(Office.Repository, 1);
        (await tracker.RoleOfAsync(issue, "ada", Office.Cancel)).ShouldBe(RepositoryRole.Admin);
        isFirst = false;
        (await tracker.RoleOfAsync(issue, "ada", Office.Cancel)).ShouldBe(RepositoryRole.Admin);

        token = "another";

        (await tracker.RoleOfAsync(issue, "ada", Office.Cancel)).ShouldBe(RepositoryRole.None);
    }

    [Fact]
    public async Task GetIssue_AccessTakenAway_IsForgotten()
    {
        await using var office = await Office.OpenAsync();
        var tracker = office.As("user:ada");
        await tracker.GetIssueAsync(office.Ref, Office.Cancel);
        office.GitHub.Access.Grant(Office.Repository, "ada", Permission.None);
        (await Office.FailAsync(() => tracker.GetIssueAsync(office.Ref, Office.Cancel))).Failure.ShouldBe(TrackerFailure.NotFound);
        office.GitHub.Access.Grant(Office.Repository, "ada", Permission.Read);
        office.GitHub.Requests.Clear();

        await tracker.GetIssueAsync(office.Ref, Office.Cancel);

        Asked(office, "/issues/1").ShouldBe([(false, 200)]);
    }

    [Fact]
    public void Settle_MoreThanTheMost_KeepsNoMoreThanThat()
    {
        using var known = new KnownAnswers(mostCharacters: 10_000);
        GitHubCall[] calls = [.. Enumerable.Range(1, 1000).Select(n => new GitHubCall(HttpMethod.Get, $"repos/acme/maps/issues/{n}", "read", "here"))];
        foreach (var call in calls)
        {
            known.Settle(call, "t", null, new GitHubAnswer(200, new string('x', 1000)) { Tag = "1" });
        }

        calls.Count(call => known.Find(call, "t") is not null).ShouldBeInRange(1, 10);
        known.Settle(calls[0], "t", null, new GitHubAnswer(200, new string('x', 20_000)) { Tag = "1" });
        known.Find(calls[0], "t").ShouldBeNull();
    }

    private static IEnumerable<(bool IsConditional, int Status)> Asked(Office office, string tail) => office.GitHub.Requests.All
        .Where(r => r.Path.EndsWith(tail, StringComparison.Ordinal))
        .Select(r => (r.Headers.ContainsKey("If-None-Match"), r.Status));
}
