using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using GitHubSimulator.State;
using GitHubSimulator.Tests.Harness;

namespace GitHubSimulator.Tests;

public sealed class RestartTests
{
    [Fact]
    public async Task Restart_WithData_KnowsEverything()
    {
        using var folder = new FreshFolder();
        var options = new SimulatorOptions { DataFolder = folder["data"] };
        await using (var first = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken))
        {
            first.Store.OpenIssue("acme/maps", "ada", "Sync stuck", "body", "bug");
            first.Store.AddComment("acme/maps", 1, "ada", "still stuck");
            first.Store.SetMilestone("acme/maps", 1, "acme", "v1");
            first.Store.CloseIssue("acme/maps", 1, "fieldmedic-bot", IssueStates.NotPlanned);
            first.Access.Grant("acme/maps", "ada", Permission.Triage);
            first.Access.AddToken("t", "medic", "repo");
        }

        await using var second = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);

        var issue = second.Store.GetIssue("Acme/Maps", 1);
        issue.StateReason.ShouldBe(IssueStates.NotPlanned);
        issue.Comments.ShouldHaveSingleItem().Body.ShouldBe("still stuck");
        issue.Events.Select(entry => entry.Kind).ShouldBe(["labeled", "milestoned", "closed"]);
        second.Store.LabelsOf("acme/maps", 1).ShouldBe(["bug"]);
        second.Store.MilestoneOf("acme/maps", 1).ShouldBe("v1");
        second.Access.PermissionOf("acme/maps", "ada").ShouldBe(Permission.Triage);
        second.Access.Identify("t")!.Login.ShouldBe("medic");
        var next = second.Store.OpenIssue("acme/maps", "ada", "another");
        next.Number.ShouldBe(2);
        next.Id.ShouldBeGreaterThan(issue.Events[^1].Id);
    }

    [Fact]
    public async Task Restart_RepositoryOnlyLookedAtFirst_KeepsItsIssues()
    {
        using var folder = new FreshFolder();
        var options = new SimulatorOptions { DataFolder = folder["data"] };
        await using (var first = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken))
        {
            first.Store.GetIssues("acme/maps").ShouldBeEmpty();
            first.Store.OpenIssue("acme/maps", "ada", "Sync stuck");
        }

        await using var second = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);
        second.Store.GetIssues("acme/maps").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Reset_FolderWithOtherThings_LeavesThemAlone()
    {
        using var folder = new FreshFolder();
        File.WriteAllText(folder["thesis.txt"], "years of work");
        Directory.CreateDirectory(folder["photos@home"]);
        File.WriteAllText(folder["photos@home/cat.jpg"], "cat");
        await using var simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions { DataFolder = folder.Path }, TestContext.Current.CancellationToken);
        simulator.Store.OpenIssue("acme/maps", "ada", "Sync stuck");
        using var client = new HttpClient { BaseAddress = simulator.Url };

        await client.PostAsync(new Uri("/_simulator/reset", UriKind.Relative), null, TestContext.Current.CancellationToken);

        File.Exists(folder["thesis.txt"]).ShouldBeTrue();
        File.Exists(folder["photos@home/cat.jpg"]).ShouldBeTrue();
        Directory.Exists(folder["acme@maps"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Start_BrokenFile_NamesIt()
    {
        using var folder = new FreshFolder();
        Directory.CreateDirectory(folder["acme@maps"]);
        File.WriteAllText(folder["acme@maps/repository.json"], "{");

        var (exitCode, _, error) = await SimulatorProcess.RunAsync("--urls", "http://127.0.0.1:0", "--data", folder.Path);

        exitCode.ShouldBe(70);
        error.ShouldContain("repository.json cannot be read");
    }

    [Fact]
    public async Task Start_FolderInUse_Fails()
    {
        using var folder = new FreshFolder();
        var options = new SimulatorOptions { DataFolder = folder["data"] };
        await using var first = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);
        _ = first.Store.Repositories;

        var (exitCode, _, error) = await SimulatorProcess.RunAsync("--urls", "http://127.0.0.1:0", "--data", folder["data"]);

        exitCode.ShouldBe(70);
        error.ShouldContain("cannot start");
    }

    [Fact]
    public async Task Kill_WhileWriting_LosesNothingAcknowledged()
    {
        using var folder = new FreshFolder();
        string[] arguments = ["--urls", "http://127.0.0.1:0", "--data", folder["data"]];
        var acknowledged = new ConcurrentBag<string>();
        using (var first = await SimulatorProcess.StartAsync(arguments))
        {
            using var client = Client(first.Url);
            await client.PostAsJsonAsync(new Uri("/repos/acme/maps/issues", UriKind.Relative), new { title = "x" }, TestContext.Current.CancellationToken);
            var enough = new TaskCompletionSource();
            var writers = Enumerable.Range(0, 4).Select(writer => WriteUntilCutAsync(client, writer, acknowledged, enough)).ToArray();
            await enough.Task.WaitAsync(TestContext.Current.CancellationToken);
            await first.KillAsync();
            await Task.WhenAll(writers);
        }

        using var second = await SimulatorProcess.StartAsync(arguments);
        using var reader = Client(second.Url);
        var kept = new List<string>();
        for (var page = 1; page == 1 || kept.Count == (page - 1) * 100; page++)
        {
            var comments = await reader.GetFromJsonAsync<JsonArray>(
                new Uri($"/repos/acme/maps/issues/1/comments?per_page=100&page={page}", UriKind.Relative), TestContext.Current.CancellationToken);
            kept.AddRange(comments!.Select(comment => (string)comment!["body"]!));
        }

        acknowledged.Except(kept).ShouldBeEmpty();
        kept.Count.ShouldBe(kept.Distinct().Count());
    }

    private static async Task WriteUntilCutAsync(HttpClient client, int writer, ConcurrentBag<string> acknowledged, TaskCompletionSource enough)
    {
        for (var i = 0; ; i++)
        {
            var body = $"comment {writer}-{i}";
            try
            {
                using var response = await client.PostAsJsonAsync(
                    new Uri("/repos/acme/maps/issues/1/comments", UriKind.Relative), new { body }, TestContext.Current.CancellationToken);
                response.EnsureSuccessStatusCode();
            }
            catch (HttpRequestException)
            {
                return;
            }

            acknowledged.Add(body);
            if (acknowledged.Count >= 60)
            {
                enough.TrySetResult();
            }
        }
    }

    private static HttpClient Client(Uri url)
    {
        var client = new HttpClient { BaseAddress = url };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer token");
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "simulator-tests");
        return client;
    }
}
