using System.Diagnostics;
using System.Globalization;

namespace FieldMedic.Cli.Tests;

public sealed class DemoTests
{
    [Theory]
    [InlineData("worker-killed", 0, "closed", "resolved", "worker_down", "start_worker", "closed", "resolved")]
    [InlineData("api-hung", 0, "closed", "resolved", "api_down", "restart_api", "closed", "resolved")]
    [InlineData("fix-cannot-work", 2, "escalated", "not_resolved", "worker_down", "start_worker", "open", "needs-admin")]
    [InlineData("healthy-vague", 2, "escalated", null, null, null, "open", "needs-manual-review")]
    [InlineData("status-request", 0, "answered", "resolved", null, null, "closed", null)]
    public async Task Demo_Scenario_EndsAsItShould(string scenario, int code, string outcome, string? verdict, string? finding, string? remedy, string state, string? label)
    {
        await using var desk = await Desk.OpenAsync();
        desk.Environment["DEMO_WINDOW"] = "1s";
        desk.Environment["TMPDIR"] = desk.Folder;

        var ran = await desk.RunAsync("demo", "--scenario", scenario, "--json");

        ran.Code.ShouldBe(code, ran.All);
        ran.Text("outcome").ShouldBe(outcome);
        ran.Text("verdict").ShouldBe(verdict);
        ran.Json.GetProperty("findings").EnumerateArray().Select(f => f.GetString()).FirstOrDefault().ShouldBe(finding);
        ran.Json.GetProperty("actions").EnumerateArray().Select(a => a.GetProperty("remedy").GetString()).FirstOrDefault().ShouldBe(remedy);
        var issue = ran.Json.GetProperty("issue");
        issue.GetProperty("state").GetString().ShouldBe(state);
        if (label is not null)
        {
            issue.GetProperty("labels").EnumerateArray().Select(l => l.GetString()).ShouldContain(label);
        }

        Directory.GetDirectories(desk.Folder, "fieldmedic-demo-*").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Demo_Interrupted_StopsEverythingItStarted(string signal)
    {
        await using var desk = await Desk.OpenAsync();
        desk.Environment["DEMO_WINDOW"] = "60s";
        desk.Environment["TMPDIR"] = desk.Folder;
        using var demo = desk.Start("demo");
        while (await demo.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("watching", StringComparison.Ordinal))
        {
        }

        var pids = Pids(desk);
        using var kill = Process.Start("kill", ["-s", signal, demo.Id.ToString(CultureInfo.InvariantCulture)]);
        var ended = await Desk.EndAsync(demo);

        ended.Code.ShouldBe(130, ended.All);
        pids.Count.ShouldBe(2);
        pids.ShouldAllBe(p => !IsAlive(p));
        Directory.GetDirectories(desk.Folder, "fieldmedic-demo-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Demo_List_NamesTheScenarios()
    {
        await using var desk = await Desk.OpenAsync();

        (await desk.RunAsync("demo", "--list")).Output.ShouldContain("fix-cannot-work");
    }

    private static List<int> Pids(Desk desk)
        => [.. Directory.GetFiles(Directory.GetDirectories(desk.Folder, "fieldmedic-demo-*").Single(), "*.pid").Where(f => !f.EndsWith("demo.pid", StringComparison.Ordinal)).Select(f => int.Parse(File.ReadAllText(f), CultureInfo.InvariantCulture))];

    private static bool IsAlive(int pid)
    {
        var stat = $"/proc/{pid}/stat";
        return File.Exists(stat) && File.ReadAllText(stat) is var text && text[(text.LastIndexOf(')') + 2)..] is not ['Z' or 'X', ..];
    }
}
