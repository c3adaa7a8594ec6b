using System.Text.Json.Nodes;
using FieldMedic.Mcp.Tests.Harness;
using GitHubSimulator.State;

namespace FieldMedic.Mcp.Tests.Server;

/// <summary>Whole incidents by a client we did not write: the official TypeScript client, on the demo system of real processes.</summary>
public sealed class SessionTests
{
    private static readonly string[] Tools = ["diagnose", "get_incident", "kpis", "plan_remedy", "remediate", "search_logs", "support_issue", "system_status", "verify"];

    [Fact]
    public async Task Session_WholeIncident_IsRepairedAndProved()
    {
        await using var ward = await Ward.OpenAsync();
        ward.Break("worker-killed");

        var session = await ward.SessionAsync(
            new { list = "tools" },
            new { tool = "system_status" },
            new { tool = "diagnose", arguments = new { problem = "worker_down" } },
            new { tool = "plan_remedy", arguments = new { problem = "worker_down", service = "worker" } },
            new { tool = "remediate", arguments = new { plan_id = "$3.plan_id" } },
            new { tool = "verify" },
            new { tool = "get_incident", arguments = new { incident = "$4.incident" } },
            new { tool = "kpis", arguments = new { days = 1 } },
            new { tool = "remediate", arguments = new { plan_id = "$3.plan_id" } },
            new { list = "resources" },
            new { resource = "fieldmedic://pack" },
            new { resource = "fieldmedic://reports" },
            new { resource = "fieldmedic://reports/$4.incident" });

        ((string?)session["server"]!["name"]).ShouldBe("fieldmedic");
        var answers = session["answers"]!.AsArray();
        answers[0]!["tools"]!.AsArray().Select(t => (string?)t!["name"]).Order(StringComparer.Ordinal).ShouldBe(Tools);
        Field(answers[1], "state").ShouldBe("sick");
        Of(answers[2])["findings"]![0]!["is_root"]!.GetValue<bool>().ShouldBeTrue();
        Field(answers[3], "decision").ShouldBe("fix");
        Field(answers[4], "outcome").ShouldBe("closed", answers[4]!.ToJsonString());
        Field(answers[4], "verdict").ShouldBe("resolved");
        Of(answers[4])["proof"]!["samples"]!.GetValue<int>().ShouldBeGreaterThan(1);
        answers[4]!["progress"]!.AsArray().Select(p => (string?)p).ShouldContain("action start_worker");
        Field(answers[5], "state").ShouldBe("gone");
        Field(answers[6], "outcome").ShouldBe("closed");
        answers[6]!["content"]![1]!["text"]!.GetValue<string>().ShouldContain("### ✅ Resolved");
        Of(answers[7])["auto_resolved"]!.ToJsonString().ShouldStartWith("""{"numerator":1,"denominator":1,""");
        IsRefused(answers[8]).ShouldContain("it was used");
        answers[9]!["resourceTemplates"]![0]!["uriTemplate"]!.GetValue<string>().ShouldBe("fieldmedic://reports/{incident}");
        answers[10]!["contents"]![0]!["text"]!.GetValue<string>().ShouldContain("worker_down");
        answers[11]!["contents"]![0]!["text"]!.GetValue<string>().ShouldContain(Field(answers[4], "incident")!);
        answers[12]!["contents"]![0]!["text"]!.GetValue<string>().ShouldContain("**Verification:** Resolved");
    }

    [Fact]
    public async Task Session_SupportIssue_FixesReportsAndCloses()
    {
        await using var ward = await Ward.OpenAsync();
        ward.Break("worker-killed");
        var number = ward.FileIssue("Sync stuck at 50%", "Since ten minutes my upload does not move.");

        var session = await ward.SessionAsync(
            new { tool = "support_issue", arguments = new { issue = number, dry_run = true } },
            new { tool = "support_issue", arguments = new { issue = number } });

        var answers = session["answers"]!.AsArray();
        Of(answers[0])["plan"]![0]!["remedy"]!.GetValue<string>().ShouldBe("start_worker");
        Field(answers[1], "outcome").ShouldBe("closed", answers[1]!.ToJsonString());
        var issue = ward.Issue(number);
        issue.State.ShouldBe(IssueStates.Closed);
        issue.Comments.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Session_NothingWrong_PlansNothing()
    {
        await using var ward = await Ward.OpenAsync();

        var session = await ward.SessionAsync(new { tool = "system_status" }, new { tool = "plan_remedy" }, new { tool = "verify" });

        var answers = session["answers"]!.AsArray();
        Field(answers[0], "state").ShouldBe("healthy");
        Field(answers[1], "decision").ShouldBe("nothing_found");
        Of(answers[1])["plan_id"].ShouldBeNull();
        IsRefused(answers[2]).ShouldBe("There are no incidents yet.");
    }

    [Fact]
    public async Task Session_HostileArguments_AreRefusedByName()
    {
        await using var ward = await Ward.OpenAsync();
        const string evil = "worker_down; rm -rf / <script>";

        var session = await ward.SessionAsync(
            new { tool = "diagnose", arguments = new { problem = evil } },
            new { tool = "plan_remedy", arguments = new { problem = "worker_down", service = "../../etc/passwd" } },
            new { tool = "remediate", arguments = new { plan_id = "plan-00000000000000000000000000000000" } },
            new { tool = "support_issue", arguments = new { issue = -1 } },
            new { tool = "support_issue", arguments = new { issue = "1; true" } },
            new { tool = "search_logs", arguments = new { service = "all" } },
            new { tool = "search_logs", arguments = new { since = "10y" } },
            new { tool = "search_logs", arguments = new { pattern = "(a+)+\\1" } },
            new { tool = "search_logs" },
            new { tool = "kpis", arguments = new { days = 0 } },
            new { tool = "get_incident", arguments = new { incident = "' OR 1=1 --" } },
            new { tool = "diagnose", arguments = new { chain = "sync" } });

        var answers = session["answers"]!.AsArray();
        var refusals = answers.Select(IsRefused).ToList();
        refusals[0].ShouldBe("There is no such problem. Possible are: api_down, worker_down.");
        refusals[1].ShouldBe("There is no such service. Possible are: api, worker.");
        refusals[2].ShouldContain("Call plan_remedy");
        refusals[3].ShouldStartWith("issue is a number from 1");
        refusals[4].ShouldContain("of the wrong kind");
        refusals[5].ShouldStartWith("There is no such service");
        refusals[6].ShouldBe("There is no such since. Possible are: 15m, 1h, 6h, 24h.");
        refusals[7].ShouldContain("cannot be searched for");
        refusals[8].ShouldContain("uses no Docker");
        refusals[9].ShouldContain("1 to 3650");
        refusals[10].ShouldBe("There are no incidents yet.");
        refusals[11].ShouldContain("knows no chain");
        string.Join('\n', refusals).ShouldNotContain("rm -rf");
        ward.Stage.GitHub.Requests.Writes.ShouldBeEmpty();
    }

    internal static JsonNode Of(JsonNode? answer) => answer!["structuredContent"] ?? throw new InvalidOperationException(answer.ToJsonString());

    internal static string? Field(JsonNode? answer, string name) => (string?)Of(answer)[name];

    internal static string IsRefused(JsonNode? answer)
    {
        ((bool?)answer!["isError"]).ShouldBe(true, answer.ToJsonString());
        return (string)answer["content"]![0]!["text"]!;
    }
}
