using System.Text.Json;
using FieldMedic.Cli.Demo;
using FieldMedic.GitHub.Mcp;
using FieldMedic.Incidents;
using FieldMedic.Mcp.Tests.Harness;
using FieldMedic.Tracker;
using GitHubSimulator.State;

namespace FieldMedic.Mcp.Tests.Tracker;

/// <summary><c>tracker: mcp</c> with the protocol's own GitHub server from npm, which is not ours, talking to the stand-in.</summary>
public sealed class ReferenceServerTests
{
    [Fact]
    public async Task Support_WholeIncident_IsFixedReportedOnceAndClosed()
    {
        await using var ward = await OpenAsync();
        ward.Break("worker-killed");
        var number = ward.FileIssue("Sync stuck at 50%", "Since ten minutes my upload does not move.");

        var ran = await ward.RunAsync(Ward.Executable, "support", $"{number}", "--json");

        ran.Code.ShouldBe(0, ran.All);
        Text(ran, "outcome").ShouldBe("closed");
        Text(ran, "verdict").ShouldBe("resolved");
        var issue = ward.Issue(number);
        issue.State.ShouldBe(IssueStates.Closed);
        issue.Comments.Count.ShouldBe(1);
        issue.Comments[0].Body.ShouldContain("**Verification:** Resolved");
        ward.Labels(number).ShouldContain("resolved");
        ward.Stage.GitHub.Requests.All.ShouldAllBe(r => r.Path.Contains("/issues/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Support_Again_SaysItIsClosedAndWritesNothing()
    {
        await using var ward = await OpenAsync();
        ward.Break("worker-killed");
        var number = ward.FileIssue("Sync stuck at 50%");
        (await ward.RunAsync(Ward.Executable, "support", $"{number}")).Code.ShouldBe(0);

        var ran = await ward.RunAsync(Ward.Executable, "support", $"{number}", "--json");

        Text(ran, "outcome").ShouldBe("closed", ran.All);
        ward.Issue(number).Comments.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Support_ReopenedByAHuman_RepairsButDoesNotClose()
    {
        await using var ward = await OpenAsync();
        ward.Break("worker-killed");
        var number = ward.FileIssue("Sync stuck at 50%");
        (await ward.RunAsync(Ward.Executable, "support", $"{number}")).Code.ShouldBe(0);
        ward.Stage.GitHub.Store.ReopenIssue(DemoStage.Repository, number, "ada");
        ward.Break("worker-killed");

        var ran = await ward.RunAsync(Ward.Executable, "support", $"{number}", "--json");

        ran.Code.ShouldBe(2, ran.All);
        Text(ran, "verdict").ShouldBe("resolved");
        ward.Issue(number).State.ShouldBe(IssueStates.Open);
        ward.Issue(number).Comments.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Support_OtherLabels_StayOnTheIssue()
    {
        await using var ward = await OpenAsync();
        var number = ward.FileIssue("Something is odd");
        ward.Stage.GitHub.Store.AddLabel(DemoStage.Repository, number, "ada", "from-the-field");

        (await ward.RunAsync(Ward.Executable, "support", $"{number}")).Code.ShouldBe(2);

        ward.Labels(number).ShouldBe(["from-the-field", "needs-manual-review"], ignoreOrder: true);
    }

    [Fact]
    public async Task Support_NoSuchIssue_SaysSo()
    {
        await using var ward = await OpenAsync();

        var ran = await ward.RunAsync(Ward.Executable, "support", "4711", "--json");

        Text(ran, "outcome").ShouldBe("failed", ran.All);
        Text(ran, "error").ShouldNotBeNull().ShouldContain("Not Found");
    }

    [Fact]
    public async Task Support_ServerIsNotThere_SaysWhatToCheck()
    {
        await using var ward = await OpenAsync();
        ward.Environment["FIELDMEDIC_MCP_COMMAND"] = ward.Stage.Folder.File("no-such-server");
        var number = ward.FileIssue("Sync stuck at 50%");

        var ran = await ward.RunAsync(Ward.Executable, "support", $"{number}");

        ran.Code.ShouldBe(75, ran.All);
        ran.All.ShouldContain("mcp_command");
    }

    [Fact]
    public async Task Support_WrongToolName_SaysWhatToCheck()
    {
        await using var ward = await OpenAsync();
        ward.Environment["FIELDMEDIC_MCP_GET_ISSUE"] = "issue_read method=get";
        var number = ward.FileIssue("Sync stuck at 50%");

        var ran = await ward.RunAsync(Ward.Executable, "support", $"{number}");
        var doctor = await ward.RunAsync(Ward.Executable, "doctor");

        ran.All.ShouldContain("issue_read");
        doctor.All.ShouldContain("missing: issue_read");
    }

    [Fact]
    public async Task Server_Environment_HoldsTheTokenAndNoOtherSecret()
    {
        await using var ward = await OpenAsync();
        var seen = ward.Stage.Folder.File("seen");
        var script = ward.Stage.Folder.File("server");
        await File.WriteAllTextAsync(script, $"#!/bin/bash\nenv > '{seen}'\nexec {ward.Environment["FIELDMEDIC_MCP_COMMAND"]}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        ward.Environment["FIELDMEDIC_MCP_COMMAND"] = script;
        ward.Environment["APP_PASSWORD"] = "correct-horse-battery";
        var number = ward.FileIssue("Something is odd");

        (await ward.RunAsync(Ward.Executable, "support", $"{number}")).Code.ShouldBe(2);

        var environment = await File.ReadAllTextAsync(seen, TestContext.Current.CancellationToken);
        environment.ShouldContain("GITHUB_PERSONAL_ACCESS_TOKEN=ghp_");
        environment.ShouldNotContain("GITHUB_TOKEN=");
        environment.ShouldNotContain("correct-horse");
    }

    [Fact]
    public async Task Doctor_ServerAnswers_IsContent()
    {
        await using var ward = await OpenAsync();

        var ran = await ward.RunAsync(Ward.Executable, "doctor");

        ran.All.ShouldContain("answers and has 26 tools");
        ran.All.ShouldContain("those that are needed are there");
    }

    [Fact]
    public async Task Settings_UnknownTracker_IsRefused()
    {
        await using var ward = await OpenAsync();
        ward.Environment["FIELDMEDIC_TRACKER"] = "carrier-pigeon";

        var ran = await ward.RunAsync(Ward.Executable, "support", "1");

        ran.Code.ShouldBe(64);
        ran.All.ShouldContain("rest or mcp");
    }

    [Fact]
    public async Task RoleOf_NobodyKnows_IsNone()
    {
        await using var tracker = new McpTracker(new McpTrackerSettings { Token = () => "" }, TimeProvider.System);

        (await tracker.RoleOfAsync(new IssueRef("acme/maps", 1), "maintainer", TestContext.Current.CancellationToken)).ShouldBe(RepositoryRole.None);
    }

    private static async Task<Ward> OpenAsync()
    {
        var node = NodeFolder.Program("node");
        var server = NodeFolder.Installed("@modelcontextprotocol", "server-github", "dist", "index.js");
        var ward = await Ward.OpenAsync();
        ward.Environment["FIELDMEDIC_TRACKER"] = "mcp";
        ward.Environment["FIELDMEDIC_MCP_COMMAND"] = $"{node} --require {NodeFolder.Script("redirect.cjs")} {server} {ward.Stage.GitHub.Url}";
        return ward;
    }

    private static string? Text(Ward.Ran ran, string field) => JsonDocument.Parse(ran.Output).RootElement.GetProperty(field).GetString();
}
