using System.Net;
using GitHubSimulator.Tests.Harness;

namespace GitHubSimulator.Tests;

public sealed class EventTests
{
    private static async Task<int> LivelyIssueAsync(GitHub github)
    {
        var number = await github.OpenAsync();
        var path = GitHub.Path($"/issues/{number}");
        await github.PostAsync($"{path}/labels", new[] { "resolved" });
        await github.PostAsync($"{path}/comments", new { body = "Fixed" });
        await github.PatchAsync(path, new { state = "closed", title = "Renamed", assignees = new[] { "ada" } });
        await github.PatchAsync(path, new { state = "open" }, "user:ada");
        await github.DeleteAsync($"{path}/labels/resolved");
        github.Simulator.Store.SetMilestone(GitHub.Repo, number, "acme", "v1");
        return number;
    }

    [Fact]
    public async Task Events_OfIssue_TellWhatHappened()
    {
        await using var github = await GitHub.StartAsync();
        var number = await LivelyIssueAsync(github);

        var answer = await github.GetAsync(GitHub.Path($"/issues/{number}/events"));

        answer.Words("event").ShouldBe(["labeled", "renamed", "assigned", "closed", "reopened", "unlabeled", "milestoned"]);
        answer.List.Select(entry => (string?)entry!["actor"]!["login"]).ShouldBe(
            ["fieldmedic-bot", "fieldmedic-bot", "fieldmedic-bot", "fieldmedic-bot", "ada", "fieldmedic-bot", "acme"]);
        ((string?)answer.List[0]!["label"]!["name"]).ShouldBe("resolved");
    }

    [Fact]
    public async Task Timeline_OfIssue_HasCommentsInOrder()
    {
        await using var github = await GitHub.StartAsync();
        var number = await LivelyIssueAsync(github);

        var answer = await github.GetAsync(GitHub.Path($"/issues/{number}/timeline"));

        answer.Words("event").ShouldBe(
            ["labeled", "commented", "renamed", "assigned", "closed", "reopened", "unlabeled", "milestoned"]);
        ((string?)answer.List[1]!["body"]).ShouldBe("Fixed");
    }

    [Fact]
    public async Task Events_OfRepository_AreNewestFirstWithIssue()
    {
        await using var github = await GitHub.StartAsync();
        await LivelyIssueAsync(github);

        var listed = await github.GetAsync(GitHub.Path("/issues/events"));
        var one = await github.GetAsync(GitHub.Path($"/issues/events/{(int)listed.List[0]!["id"]!}"));

        ((string?)listed.List[0]!["event"]).ShouldBe("milestoned");
        ((int)one.Json["issue"]!["number"]!).ShouldBe(1);
        (await github.GetAsync(GitHub.Path("/issues/99/events"))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Close_Twice_IsOneEvent()
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();

        await github.PatchAsync(GitHub.Path($"/issues/{number}"), new { state = "closed", state_reason = "completed" });
        await github.PatchAsync(GitHub.Path($"/issues/{number}"), new { state = "closed", state_reason = "completed" });

        (await github.GetAsync(GitHub.Path($"/issues/{number}/events"))).Words("event").ShouldBe(["closed"]);
    }
}
