using System.Text.Json.Nodes;
using GitHubSimulator.Tests.Harness;
using Testing.GitHubOpenApi;

namespace GitHubSimulator.Tests;

/// <summary>GitHub's own command line, as Debian packs it, over TLS and the Enterprise prefix.</summary>
public sealed class GhTests
{
    [Fact]
    public async Task Gh_LifeOfAnIssue_IsUnderstood()
    {
        var description = OpenApiFile.TryLoad();
        Requirement.Need(description is not null, OpenApiFile.HowToGetIt);
        using var github = await GhSession.StartAsync();

        (await ApiAsync("user:ada", "-f", "title=Sync stuck at 50%", "-f", "body=Since noon")).Json!["number"]!.GetValue<int>().ShouldBe(1);
        (await ApiAsync("user:ada", "-f", "title=Another one")).Json!["number"]!.GetValue<int>().ShouldBe(2);
        await ApiAsync("bot", "-f", "labels[]=resolved", "/1/labels");
        await ApiAsync("bot", "-f", "body=Fixed", "/1/comments");
        await ApiAsync("bot", "-X", "PATCH", "-f", "state=closed", "-f", "state_reason=completed", "/1");
        var issue = (await ApiAsync("bot", "/1")).Json!;
        var titles = await ApiAsync("bot", "-X", "GET", "--paginate", "-f", "state=all", "-f", "per_page=1", "-q", ".[].title");
        var events = await ApiAsync("bot", "-q", ".[].event", "/1/events");
        var requests = await github.RequestsAsync();
        var refused = await github.RunAsync("bot", "repos/acme/maps/issues/99");

        ((string?)issue["state"]).ShouldBe("closed");
        ((string?)issue["closed_by"]!["login"]).ShouldBe("fieldmedic-bot");
        ((string?)issue["labels"]![0]!["name"]).ShouldBe("resolved");
        titles.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["Another one", "Sync stuck at 50%"]);
        events.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["labeled", "closed"]);
        refused.ExitCode.ShouldNotBe(0);
        refused.Error.ShouldContain("HTTP 404");
        requests.Count.ShouldBe(9);
        foreach (var request in requests)
        {
            request.ShouldFit(description!);
        }

        // The last argument may be what follows the list of issues in the path.
        async Task<(JsonNode? Json, string Output)> ApiAsync(string token, params string[] arguments)
        {
            var rest = arguments[^1].StartsWith('/') ? arguments[^1] : string.Empty;
            var flags = rest.Length > 0 ? arguments[..^1] : arguments;
            var (exitCode, output, error) = await github.RunAsync(token, [$"repos/acme/maps/issues{rest}", .. flags]);
            exitCode.ShouldBe(0, error);
            return (output.StartsWith('{') ? JsonNode.Parse(output) : null, output);
        }
    }
}
