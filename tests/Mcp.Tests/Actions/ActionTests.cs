using System.Text.Json.Nodes;
using FieldMedic.Mcp.Tests.Harness;
using GitHubSimulator.State;

namespace FieldMedic.Mcp.Tests.Actions;

public sealed class ActionTests
{
    private const string Key = "-----BEGIN OPENSSH PRIVATE KEY-----\nbm90IGEga2V5\n-----END OPENSSH PRIVATE KEY-----";
    private static readonly string[] Files = ["action.yml", "docs/examples/fieldmedic.yml"];

    [Fact]
    public async Task Action_IssueOpened_IsResolvedAndClosed()
    {
        await using var ward = await Ward.OpenAsync();
        ward.Break("worker-killed");
        var number = ward.FileIssue("Sync stuck at 50%", "My upload does not move.");
        var runner = new Runner(ward, Opened(number), Binary(), Pack(ward));

        await runner.RunAsync();

        runner.Failed.ShouldBeFalse(runner.Log);
        runner.Output("outcome").ShouldBe("closed");
        runner.Output("verdict").ShouldBe("resolved");
        runner.Output("incident").ShouldStartWith("INC-");
        runner.Output("exit-code").ShouldBe("0");
        runner.Summary.ShouldContain("## FieldMedic: closed (resolved)");
        runner.Summary.ShouldContain("**Verification:** Resolved");
        File.Exists(Path.Combine(runner.Temp, "fieldmedic", "journal.db")).ShouldBeTrue();
        ward.Issue(number).State.ShouldBe(IssueStates.Closed);
        ward.Issue(number).Comments.Count.ShouldBe(1);
        (runner.Log + runner.Summary).ShouldNotContain(ward.Stage.Folder.Path);
    }

    [Fact]
    public async Task Action_NothingWrong_EscalatesAndTheJobIsGreen()
    {
        await using var ward = await Ward.OpenAsync();
        var number = ward.FileIssue("Something is odd");
        var runner = new Runner(ward, Opened(number), Binary(), Pack(ward));

        await runner.RunAsync();

        runner.Failed.ShouldBeFalse(runner.Log);
        (runner.Output("outcome"), runner.Output("reason"), runner.Output("exit-code")).ShouldBe(("escalated", "not_reproduced", "2"));
        ward.Issue(number).State.ShouldBe(IssueStates.Open);
    }

    [Fact]
    public async Task Action_DryRun_WritesNothing()
    {
        await using var ward = await Ward.OpenAsync();
        ward.Break("worker-killed");
        var number = ward.FileIssue("Sync stuck at 50%");
        var runner = new Runner(ward, new JsonObject(), Binary(), Pack(ward), ("issue", $"{number}"), ("dry-run", "true"));

        await runner.RunAsync();

        (runner.Output("outcome"), runner.Output("exit-code")).ShouldBe(("dry_run", "4"), runner.Log);
        runner.Summary.ShouldContain("would do `start_worker`");
        ward.Stage.GitHub.Requests.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1; touch pwned")]
    [InlineData("$(touch pwned)")]
    [InlineData("1\ntouch pwned")]
    [InlineData("--help")]
    [InlineData("0")]
    public async Task Action_IssueThatIsNoNumber_IsRefused(string issue)
    {
        await using var ward = await Ward.OpenAsync();
        var runner = new Runner(ward, new JsonObject(), Binary(), Pack(ward), ("issue", issue));

        await runner.RunAsync();

        runner.Failed.ShouldBeTrue();
        runner.Log.ShouldContain("::error::No issue number");
        ward.Stage.GitHub.Requests.All.ShouldBeEmpty();
        File.Exists(ward.Stage.Folder.File("pwned")).ShouldBeFalse();
    }

    [Fact]
    public async Task Action_HostileTexts_ReachNoShell()
    {
        await using var ward = await Ward.OpenAsync();
        const string evil = "\"; touch pwned; $(touch pwned) `touch pwned` ${{ github.token }} '\n::set-output name=outcome::closed";
        var number = ward.FileIssue(evil, evil);
        var happened = Opened(number);
        happened["issue"]!["title"] = evil;
        happened["issue"]!["body"] = evil;
        var runner = new Runner(ward, happened, Binary(), Pack(ward));

        await runner.RunAsync();

        runner.Output("outcome").ShouldBe("escalated", runner.Log);
        File.Exists(ward.Stage.Folder.File("pwned")).ShouldBeFalse();
        (runner.Log + runner.Summary).ShouldNotContain("touch");
    }

    [Fact]
    public async Task Action_SshKey_IsPrivateAndRemovedAfterwards()
    {
        await using var ward = await Ward.OpenAsync();
        var number = ward.FileIssue("Something is odd");
        var seen = ward.Stage.Folder.File("seen");
        var looking = ward.Stage.Folder.File("looking");
        await File.WriteAllTextAsync(looking, $"#!/bin/bash\nstat -c '%a' \"$FIELDMEDIC_SSH_IDENTITY_FILE\" \"$FIELDMEDIC_SSH_KNOWN_HOSTS_FILE\" > '{seen}'\ncat \"$FIELDMEDIC_SSH_IDENTITY_FILE\" >> '{seen}'\nexec '{Ward.Executable}' \"$@\"\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(looking, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var runner = new Runner(ward, Opened(number), ("binary", looking), Pack(ward), ("ssh-key", Key), ("ssh-known-hosts", "field.example.org ssh-ed25519 AAAA"));

        await runner.RunAsync();

        runner.Failed.ShouldBeFalse(runner.Log);
        (await File.ReadAllTextAsync(seen, TestContext.Current.CancellationToken)).ShouldBe($"600\n600\n{Key}\n");
        Directory.Exists(Path.Combine(runner.Temp, "fieldmedic", "ssh")).ShouldBeFalse();
        (runner.Log + runner.Summary).ShouldNotContain("bm90IGEga2V5");
    }

    [Fact]
    public async Task Action_SshKeyWithoutKnownHosts_IsRefused()
    {
        await using var ward = await Ward.OpenAsync();
        var runner = new Runner(ward, Opened(1), Binary(), Pack(ward), ("ssh-key", Key));

        await runner.RunAsync();

        runner.Failed.ShouldBeTrue();
        runner.Log.ShouldContain("the host could be anybody");
        Directory.Exists(Path.Combine(runner.Temp, "fieldmedic", "ssh")).ShouldBeFalse();
    }

    [Fact]
    public async Task Action_TrackerAway_FailsTheJobAndSaysTheCode()
    {
        await using var ward = await Ward.OpenAsync();
        ward.Environment["GITHUB_API_URL"] = "http://127.0.0.1:9";
        var runner = new Runner(ward, Opened(1), Binary(), Pack(ward));

        await runner.RunAsync();

        runner.Failed.ShouldBeTrue();
        runner.Output("exit-code").ShouldBe("75", runner.Log);
        runner.Output("outcome").ShouldBe("failed");
    }

    [Fact]
    public void Scripts_InActionAndExample_HoldNoExpression()
        => Files.SelectMany(f => ActionFile.Scripts(ActionFile.Load(f))).Where(s => s.Contains("${{", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Journal_OfPublicRepositories_IsNotKeptUnlessTold()
    {
        var text = File.ReadAllText(Path.Combine(ActionFile.Folder, "action.yml"));

        ActionFile.Read().Defaults["keep-journal"].ShouldBe("auto");
        text.Split("actions/cache/").Length.ShouldBe(3);
        text.Split("inputs.keep-journal == 'true' || (inputs.keep-journal == 'auto' && github.event.repository.private)").Length.ShouldBe(4);
    }

    private static JsonObject Opened(int number) => new JsonObject
    {
        ["action"] = "opened",
        ["issue"] = new JsonObject { ["number"] = number, ["title"] = "Sync stuck" },
    };

    private static (string Name, string Value) Binary() => ("binary", Ward.Executable);

    private static (string Name, string Value) Pack(Ward ward) => ("pack", ward.Stage.Settings().PackPath);
}
