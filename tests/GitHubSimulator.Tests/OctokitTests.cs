using System.Text.Json.Nodes;
using GitHubSimulator.Tests.Harness;
using Testing.GitHubOpenApi;

namespace GitHubSimulator.Tests;

/// <summary>A client we did not write, and which checks nothing in our favour.</summary>
public sealed class OctokitTests
{
    [Fact]
    public async Task Octokit_LifeOfAnIssue_IsUnderstood()
    {
        var node = Requirement.Program("node");
        var description = OpenApiFile.TryLoad();
        Requirement.Need(description is not null, OpenApiFile.HowToGetIt);
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), TestContext.Current.CancellationToken);
        for (var i = 0; i < 4; i++)
        {
            simulator.Store.OpenIssue("acme/maps", "bob", $"earlier {i}");
        }

        var (exitCode, output, error) = await Child.RunAsync(
            node,
            [Path.Combine(OpenApiFile.NodeFolder!, "octokit-session.mjs"), simulator.Url.ToString().TrimEnd('/'), "acme", "maps"],
            new Dictionary<string, string>());

        exitCode.ShouldBe(0, error);
        var seen = JsonNode.Parse(output)!;
        ((string?)seen["me"]).ShouldBe("fieldmedic-bot");
        ((int)seen["number"]!).ShouldBe(5);
        ((string?)seen["state"]).ShouldBe("closed");
        ((string?)seen["reason"]).ShouldBe("completed");
        ((string?)seen["closedBy"]).ShouldBe("fieldmedic-bot");
        seen["labels"]!.ToJsonString().ShouldBe("""["resolved"]""");
        seen["comments"]!.ToJsonString().ShouldBe("""["Fixed"]""");
        seen["events"]!.ToJsonString().ShouldBe("""["labeled","labeled","unlabeled","closed"]""");
        seen["timeline"]!.ToJsonString().ShouldBe("""["labeled","labeled","unlabeled","commented","closed"]""");
        ((int)seen["issues"]!).ShouldBe(5);
        ((string?)seen["permission"]).ShouldBe("write");
        ((int)seen["missing"]!).ShouldBe(404);
        foreach (var request in simulator.Requests.All)
        {
            ObservedRequest.From(request).ShouldFit(description!);
        }
    }
}
