using System.Net;
using GitHubSimulator.State;
using GitHubSimulator.Tests.Harness;

namespace GitHubSimulator.Tests;

public sealed class IssueTests
{
    [Fact]
    public async Task Open_ByUser_HasGitHubsShape()
    {
        await using var github = await GitHub.StartAsync();
        var answer = await github.PostAsync(GitHub.Path("/issues"), new { title = "Sync stuck", body = "Since noon", labels = new[] { "bug" } }, "user:ada");

        answer.Status.ShouldBe(HttpStatusCode.Created);
        answer.Number("number").ShouldBe(1);
        answer.Word("state").ShouldBe("open");
        answer.Word("author_association").ShouldBe("NONE");
        ((string?)answer.Json["user"]!["login"]).ShouldBe("ada");
        answer.Json["labels"]!.AsArray().ShouldBeEmpty("people who may only read cannot set labels");
        answer.Headers["Location"].ShouldBe($"{github.Simulator.Url}repos/acme/maps/issues/1");
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("not_planned")]
    [InlineData("duplicate")]
    public async Task Close_WithReason_KeepsReasonAndCloser(string reason)
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();

        var answer = await github.PatchAsync(GitHub.Path($"/issues/{number}"), new { state = "closed", state_reason = reason });

        answer.Word("state").ShouldBe("closed");
        answer.Word("state_reason").ShouldBe(reason);
        answer.Word("closed_at").ShouldNotBeNull();
        ((string?)answer.Json["closed_by"]!["login"]).ShouldBe("fieldmedic-bot");
    }

    [Fact]
    public async Task Reopen_ByAuthor_ForgetsCloser()
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();
        await github.PatchAsync(GitHub.Path($"/issues/{number}"), new { state = "closed" });

        var answer = await github.PatchAsync(GitHub.Path($"/issues/{number}"), new { state = "open" }, "user:ada");

        answer.Word("state_reason").ShouldBe("reopened");
        answer.Json["closed_at"].ShouldBeNull();
        answer.Json["closed_by"].ShouldBeNull();
    }

    [Fact]
    public async Task Patch_MilestoneNull_ClearsMilestone()
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();
        github.Simulator.Store.SetMilestone(GitHub.Repo, number, "acme", "v1");

        var kept = await github.PatchAsync(GitHub.Path($"/issues/{number}"), new { title = "Sync stuck again" });
        var cleared = await github.PatchAsync(GitHub.Path($"/issues/{number}"), """{"state":"closed","milestone":null}""");

        ((string?)kept.Json["milestone"]!["title"]).ShouldBe("v1");
        cleared.Json["milestone"].ShouldBeNull();
        github.Simulator.Store.MilestoneOf(GitHub.Repo, number).ShouldBeNull();
    }

    [Fact]
    public async Task Patch_LabelsAndAssignees_AreReplaced()
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();

        var answer = await github.PatchAsync(
            GitHub.Path($"/issues/{number}"),
            new { title = "New title", body = "New body", labels = new object[] { "resolved", new { name = "bug" } }, assignees = new[] { "ada", "bob" } });

        answer.Word("title").ShouldBe("New title");
        answer.Json["labels"]!.AsArray().Select(label => (string?)label!["name"]).ShouldBe(["resolved", "bug"]);
        answer.Json["assignees"]!.AsArray().Count.ShouldBe(2);
        ((string?)answer.Json["assignee"]!["login"]).ShouldBe("ada");
    }

    [Theory]
    [InlineData("""{"title":""}""", 422)]
    [InlineData("""{"body":"no title"}""", 422)]
    [InlineData("""{"title":["x"]}""", 422)]
    [InlineData("""{"title":"x","labels":"bug"}""", 422)]
    [InlineData("""{"title":"x","milestone":7}""", 422)]
    [InlineData("""{"title":"x"}{""", 400)]
    [InlineData("[]", 422)]
    public async Task Open_BadBody_IsRefused(string body, int status)
    {
        await using var github = await GitHub.StartAsync();

        var answer = await github.PostAsync(GitHub.Path("/issues"), body);

        ((int)answer.Status).ShouldBe(status);
        answer.Word("message").ShouldNotBeNullOrEmpty();
        answer.Word("documentation_url").ShouldNotBeNullOrEmpty();
        github.Simulator.Store.GetIssues(GitHub.Repo).ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_LongBody_IsRefusedAboveGitHubsLimit()
    {
        await using var github = await GitHub.StartAsync();

        var fits = await github.PostAsync(GitHub.Path("/issues"), new { title = "x", body = new string('x', 65_536) });
        var tooLong = await github.PostAsync(GitHub.Path("/issues"), new { title = "x", body = new string('x', 65_537) });

        fits.Status.ShouldBe(HttpStatusCode.Created);
        tooLong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string?)tooLong.Json["errors"]![0]!["message"]).ShouldBe("body is too long (maximum is 65536 characters)");
    }

    [Fact]
    public async Task List_Filters_SelectIssues()
    {
        await using var github = await GitHub.StartAsync();
        var store = github.Simulator.Store;
        store.OpenIssue(GitHub.Repo, "ada", "one", null, "bug");
        store.OpenIssue(GitHub.Repo, "bob", "two", null, "bug", "question");
        store.OpenIssue(GitHub.Repo, "ada", "three");
        store.CloseIssue(GitHub.Repo, 3, "acme");

        (await Titles("")).ShouldBe(["two", "one"]);
        (await Titles("?state=all")).ShouldBe(["three", "two", "one"]);
        (await Titles("?state=closed")).ShouldBe(["three"]);
        (await Titles("?labels=bug,question")).ShouldBe(["two"]);
        (await Titles("?creator=ada&state=all&direction=asc")).ShouldBe(["one", "three"]);
        (await Titles("?since=2999-01-01T00:00:00Z")).ShouldBeEmpty();
        (await github.GetAsync(GitHub.Path("/issues?state=broken"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        async Task<IEnumerable<string?>> Titles(string query) => (await github.GetAsync(GitHub.Path($"/issues{query}"))).Words("title");
    }

    [Fact]
    public async Task Read_UnknownIssue_IsNotFound()
    {
        await using var github = await GitHub.StartAsync();

        (await github.GetAsync(GitHub.Path("/issues/99"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await github.PatchAsync(GitHub.Path("/issues/99"), new { state = "closed" })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await github.GetAsync("/nothing/at/all/here")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task WhenIssue_ClosedOverHttp_Returns()
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();
        var closed = github.Simulator.Store.WhenIssueAsync(
            GitHub.Repo, number, issue => issue.State == IssueStates.Closed, TestContext.Current.CancellationToken);

        await github.PatchAsync(GitHub.Path($"/issues/{number}"), new { state = "closed" });

        (await closed).ClosedBy.ShouldBe("fieldmedic-bot");
    }
}
