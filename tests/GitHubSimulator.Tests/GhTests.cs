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
        var gh = Requirement.Program("gh");
        var description = OpenApiFile.TryLoad();
        Requirement.Need(description is not null, OpenApiFile.HowToGetIt);
        using var folder = new FreshFolder();
        LoopbackCertificate.Write(folder["ca.pem"], folder["cert.pem"], folder["key.pem"]);
        using var simulator = await SimulatorProcess.StartAsync(
            "--urls",
            "https://127.0.0.1:0",
            $"--Kestrel:Certificates:Default:Path={folder["cert.pem"]}",
            $"--Kestrel:Certificates:Default:KeyPath={folder["key.pem"]}");

        (await ApiAsync("user:ada", "-f", "title=Sync stuck at 50%", "-f", "body=Since noon")).Json!["number"]!.GetValue<int>().ShouldBe(1);
        (await ApiAsync("user:ada", "-f", "title=Another one")).Json!["number"]!.GetValue<int>().ShouldBe(2);
        await ApiAsync("bot", "-f", "labels[]=resolved", "/1/labels");
        await ApiAsync("bot", "-f", "body=Fixed", "/1/comments");
        await ApiAsync("bot", "-X", "PATCH", "-f", "state=closed", "-f", "state_reason=completed", "/1");
        var issue = (await ApiAsync("bot", "/1")).Json!;
        var titles = await ApiAsync("bot", "-X", "GET", "--paginate", "-f", "state=all", "-f", "per_page=1", "-q", ".[].title");
        var events = await ApiAsync("bot", "-q", ".[].event", "/1/events");
        var requests = JsonNode.Parse((await GhAsync("bot", "/_simulator/requests")).Output);
        var refused = await GhAsync("bot", "repos/acme/maps/issues/99");

        ((string?)issue["state"]).ShouldBe("closed");
        ((string?)issue["closed_by"]!["login"]).ShouldBe("fieldmedic-bot");
        ((string?)issue["labels"]![0]!["name"]).ShouldBe("resolved");
        titles.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["Another one", "Sync stuck at 50%"]);
        events.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["labeled", "closed"]);
        refused.ExitCode.ShouldNotBe(0);
        refused.Error.ShouldContain("HTTP 404");
        requests!.AsArray().Count.ShouldBe(9);
        foreach (var request in requests!.AsArray())
        {
            var path = $"{request!["path"]}{request["query"]}";
            description!.ValidateRequest((string)request["method"]!, path, (string?)request["body"]).ShouldBeEmpty();
            description.Validate((string)request["method"]!, path, (int)request["status"]!, (string?)request["responseBody"]).ShouldBeEmpty();
        }

        // The last argument may be what follows the list of issues in the path.
        async Task<(JsonNode? Json, string Output)> ApiAsync(string token, params string[] arguments)
        {
            var rest = arguments[^1].StartsWith('/') ? arguments[^1] : string.Empty;
            var flags = rest.Length > 0 ? arguments[..^1] : arguments;
            var (exitCode, output, error) = await GhAsync(token, [$"repos/acme/maps/issues{rest}", .. flags]);
            exitCode.ShouldBe(0, error);
            return (output.StartsWith('{') ? JsonNode.Parse(output) : null, output);
        }

        Task<(int ExitCode, string Output, string Error)> GhAsync(string token, params string[] arguments) => Child.RunAsync(
            gh,
            ["api", .. arguments],
            new Dictionary<string, string>
            {
                ["GH_HOST"] = $"localhost:{simulator.Url.Port}",
                ["GH_ENTERPRISE_TOKEN"] = token,
                ["GH_CONFIG_DIR"] = folder["gh"],
                ["SSL_CERT_FILE"] = folder["ca.pem"],
                ["NO_PROXY"] = "localhost,127.0.0.1",
                ["GH_NO_UPDATE_NOTIFIER"] = "1",
                ["NO_COLOR"] = "1",
            });
    }
}
