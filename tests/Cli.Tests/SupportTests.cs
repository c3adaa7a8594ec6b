using GitHubSimulator.State;

namespace FieldMedic.Cli.Tests;

public sealed class SupportTests
{
    [Fact]
    public async Task Support_Fault_IsFixedProvedAndClosed()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Door(isOpen: false);
        var number = desk.FileIssue("The door is stuck");

        var ran = await desk.RunAsync("support", $"#{number}", "--json");

        ran.Code.ShouldBe(0, ran.All);
        ran.Text("outcome").ShouldBe("closed");
        ran.Text("verdict").ShouldBe("resolved");
        ran.Json.GetProperty("findings")[0].GetString().ShouldBe("door_shut");
        ran.Json.GetProperty("actions")[0].GetProperty("success").GetBoolean().ShouldBeTrue();
        ran.Json.GetProperty("issue").GetProperty("state").GetString().ShouldBe("closed");
        ran.Json.GetProperty("seconds").GetProperty("window").GetDouble().ShouldBe(1);
        var issue = desk.GitHub.Store.GetIssue(Desk.Repository, number);
        issue.State.ShouldBe(IssueStates.Closed);
        issue.StateReason.ShouldBe("completed");
        issue.Comments.Count.ShouldBe(1);
        desk.Effects().ShouldBe(1);
    }

    [Fact]
    public async Task Support_DryRun_WritesNothing()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Door(isOpen: false);
        var number = desk.FileIssue("The door is stuck");

        var ran = await desk.RunAsync("support", $"{number}", "--dry-run", "--json");

        ran.Code.ShouldBe(4, ran.All);
        ran.Text("outcome").ShouldBe("dry_run");
        ran.Json.GetProperty("plan")[0].GetProperty("remedy").GetString().ShouldBe("open");
        desk.Effects().ShouldBe(0);
        desk.GitHub.Requests.Writes.ShouldBeEmpty();
        Directory.Exists(Path.Combine(desk.Folder, "state")).ShouldBeFalse();
    }

    [Fact]
    public async Task Support_KilledWhileWatching_FinishesOnRerun()
    {
        await using var desk = await Desk.OpenAsync(window: "3s");
        desk.Door(isOpen: false);
        var number = desk.FileIssue("The door is stuck");
        using (var first = desk.Start("support", $"{number}"))
        {
            while (await first.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("watching", StringComparison.Ordinal))
            {
            }

            first.Kill();
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var ran = await desk.RunAsync("support", $"{number}", "--json");

        ran.Text("outcome").ShouldBe("closed", ran.All);
        desk.Effects().ShouldBe(1);
        desk.GitHub.Store.GetIssue(Desk.Repository, number).Comments.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Support_TwoIssuesAtOnce_OneRepairBothAnswered()
    {
        await using var desk = await Desk.OpenAsync(window: "6s");
        desk.Door(isOpen: false);
        var one = desk.FileIssue("The door is stuck");
        var two = desk.FileIssue("door closed since noon");
        using var first = desk.Start("support", $"{one}", "--json");
        using var second = desk.Start("support", $"{two}", "--json");

        var both = await Task.WhenAll(Desk.EndAsync(first), Desk.EndAsync(second));

        both.Select(r => r.Text("outcome")).ShouldBe(["closed", "attached"], ignoreOrder: true);
        both.ShouldAllBe(r => r.Code == 0);
        desk.Effects().ShouldBe(1);
        new[] { one, two }.ShouldAllBe(n => desk.GitHub.Store.GetIssue(Desk.Repository, n).State == IssueStates.Closed);
    }

    [Fact]
    public async Task Support_Paused_IsRefusedAndEscalated()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Door(isOpen: false);
        var number = desk.FileIssue("The door is stuck");
        (await desk.RunAsync("pause")).Code.ShouldBe(0);

        var paused = await desk.RunAsync("support", $"{number}", "--json");
        await desk.RunAsync("resume");
        var resumed = await desk.RunAsync("support", $"{number}", "--json");

        paused.Code.ShouldBe(2, paused.All);
        paused.Text("reason").ShouldBe("paused");
        resumed.Text("outcome").ShouldBe("closed", resumed.All);
        desk.Effects().ShouldBe(1);
    }

    [Fact]
    public async Task Support_CannotObserve_ExitsThreeAndStaysOpen()
    {
        await using var desk = await Desk.OpenAsync();
        File.Delete(Path.Combine(desk.Pack, "state.json"));
        var number = desk.FileIssue("The door is stuck");

        var ran = await desk.RunAsync("support", $"{number}", "--json");

        ran.Code.ShouldBe(3, ran.All);
        ran.Text("reason").ShouldBe("cannot_observe");
        ran.Json.GetProperty("issue").GetProperty("state").GetString().ShouldBe("open");
    }

    [Fact]
    public async Task Support_TokenAndControlCharacters_NeverReachTheOutput()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Door(isOpen: false);
        var number = desk.FileIssue("\u001b[2J\u001b[31mdoor stuck\u001b[0m");

        var ran = await desk.RunAsync("support", $"{number}", "--verbose");
        var doctor = await desk.RunAsync("doctor");
        var shown = await desk.RunAsync("incidents");

        (ran.All + doctor.All + shown.All).ShouldNotContain(Desk.Token);
        (ran.All + doctor.All + shown.All).ShouldNotContain("\u001b");
        foreach (var file in Directory.GetFiles(Path.Combine(desk.Folder, "state"), "*", SearchOption.AllDirectories))
        {
            (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldNotContain(Desk.Token);
        }
    }

    [Fact]
    public async Task Watch_ProblemBack_ReopensTheIssue()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Door(isOpen: false);
        var number = desk.FileIssue("The door is stuck");
        await desk.RunAsync("support", $"{number}");
        desk.Door(isOpen: false);

        var ran = await desk.RunAsync("watch", "--once", "--json");

        ran.Code.ShouldBe(2, ran.All);
        var issue = desk.GitHub.Store.GetIssue(Desk.Repository, number);
        issue.State.ShouldBe(IssueStates.Open);
        desk.GitHub.Store.LabelsOf(Desk.Repository, number).ShouldContain("escalated");
        desk.Effects().ShouldBe(1);
    }

    [Fact]
    public async Task Incidents_AfterARun_ShowActionLog()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Door(isOpen: false);
        await desk.RunAsync("support", $"{desk.FileIssue("The door is stuck")}");

        var list = await desk.RunAsync("incidents", "--json");
        var id = list.Json.GetProperty("incidents")[0].GetProperty("id").GetString()!;
        var shown = await desk.RunAsync("incidents", "show", id);

        shown.Code.ShouldBe(0, shown.All);
        shown.Output.ShouldContain("success");
        shown.Output.ShouldContain("door_shut");
        (await desk.RunAsync("incidents", "show", id, "--json")).Json.GetProperty("actions")[0].GetProperty("target").GetString().ShouldBe("door");
    }

    [Fact]
    public async Task Remediate_NamedProblem_FixesWithoutAnIssue()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Door(isOpen: false);

        var dry = await desk.RunAsync("remediate", "--issue", "door_shut", "--dry-run", "--json");
        var ran = await desk.RunAsync("remediate", "door_shut", "--json");
        var again = await desk.RunAsync("remediate", "--auto", "--json");

        dry.Code.ShouldBe(4, dry.All);
        ran.Text("outcome").ShouldBe("closed", ran.All);
        ran.Json.GetProperty("issue").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        again.Code.ShouldBe(0, again.All);
        desk.Effects().ShouldBe(1);
    }

    [Fact]
    public async Task Status_TellsStateByExitCode()
    {
        await using var desk = await Desk.OpenAsync();
        var healthy = await desk.RunAsync("status", "--json");
        desk.Door(isOpen: false);
        var sick = await desk.RunAsync("status", "--json");
        File.Delete(Path.Combine(desk.Pack, "state.json"));
        var blind = await desk.RunAsync("status", "--json");

        (healthy.Code, sick.Code, blind.Code).ShouldBe((0, 1, 3));
        (healthy.Text("state"), sick.Text("state"), blind.Text("state")).ShouldBe(("healthy", "sick", "cannot_observe"));
    }
}
