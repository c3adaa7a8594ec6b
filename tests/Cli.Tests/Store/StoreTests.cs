using System.Text.RegularExpressions;
using FieldMedic.Testing;

namespace FieldMedic.Cli.Tests.Store;

/// <summary><c>fieldmedic store</c>, over both kinds of store.</summary>
public sealed partial class StoreTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task EveryVerb_OverSqlite_IsAsApproved()
    {
        await using var desk = await Desk.OpenAsync();
        var text = new List<string> { await ShowAsync(desk, "store check", 64), await ShowAsync(desk, "store migrate", 0), await ShowAsync(desk, "store migrate", 0) };
        await ResolveAsync(desk);
        await desk.RunAsync("pause", "--all");

        text.Add(await ShowAsync(desk, "store check", 0));
        text.Add(await ShowAsync(desk, "store check --json", 0));
        text.Add(await ShowAsync(desk, "store migrate --json", 0));
        text.Add(await ShowAsync(desk, "store export out.jsonl", 0));
        text.Add(await ShowAsync(desk, "store export again.jsonl --json", 0));
        text.Add(await ShowAsync(desk, "store export - --json", 64));
        text.Add(await ShowAsync(desk, "store export out.jsonl", 64));
        text.Add(await ShowAsync(desk, "store import out.jsonl --json", 1));
        text.Add(await ShowAsync(desk, "store import out.jsonl --store newer.db --json", 0));
        text.Add(await ShowAsync(desk, "store import out.jsonl", 1));
        text.Add(await ShowAsync(desk, "store import nowhere.jsonl", 64));
        text.Add(await ShowAsync(desk, "store import out.jsonl --store new.db", 0));
        text.Add(await ShowAsync(desk, "pause --store new.db", 0));
        text.Add(await ShowAsync(desk, "store backup copy.db", 0));
        text.Add(await ShowAsync(desk, "store backup copy.db", 75));
        text.Add(await ShowAsync(desk, "store backup copy2.db --json", 0));
        text.Add(await ShowAsync(desk, "store check --store copy.db", 0));
        text.Add(await ShowAsync(desk, "store prune --older-than 400d --dry-run", 0));
        text.Add(await ShowAsync(desk, "store prune --older-than 400d", 0));
        text.Add(await ShowAsync(desk, "store prune --older-than 59d", 64));
        text.Add(await ShowAsync(desk, "store prune --older-than year", 64));

        Approved.Check(string.Join('\n', text), "store");
    }

    [Fact]
    public async Task EveryVerb_OverPostgres_IsAsApproved()
    {
        await using var desk = await postgres.DeskAsync();
        var text = new List<string> { await ShowAsync(desk, "store check", 64), await ShowAsync(desk, "store migrate", 0), await ShowAsync(desk, "store migrate", 0) };
        await ResolveAsync(desk);

        text.Add(await ShowAsync(desk, "store check", 0));
        text.Add(await ShowAsync(desk, "store export out.jsonl", 0));
        text.Add(await ShowAsync(desk, "store import out.jsonl", 1));
        text.Add(await ShowAsync(desk, "store backup copy.db", 64));

        Approved.Check(string.Join('\n', text), "store-postgres");
    }

    [Fact]
    public async Task Export_ThroughBothKindsOfStore_ComesBackToTheByte()
    {
        await using var desk = await postgres.DeskAsync();
        var database = desk.Environment["FIELDMEDIC_STORE"];
        desk.Environment["FIELDMEDIC_STORE"] = null;
        await ResolveAsync(desk);
        await desk.RunAsync("pause");
        (await desk.RunAsync("store", "export", "first.jsonl")).Code.ShouldBe(0);

        desk.Environment["FIELDMEDIC_STORE"] = database;
        (await desk.RunAsync("store", "import", "first.jsonl")).Code.ShouldBe(0);
        (await desk.RunAsync("store", "export", "second.jsonl")).Code.ShouldBe(0);
        var shown = await desk.RunAsync("incidents", "--json");
        var paused = await desk.RunAsync("pause", "--json");

        desk.Environment["FIELDMEDIC_STORE"] = "third.db";
        (await desk.RunAsync("store", "import", "second.jsonl")).Code.ShouldBe(0);
        (await desk.RunAsync("incidents", "--json")).Output.ShouldBe(shown.Output);
        var first = await File.ReadAllTextAsync(Path.Combine(desk.Folder, "first.jsonl"), TestContext.Current.CancellationToken);
        (await desk.RunAsync("store", "export", "-")).Output.ShouldBe(first);
        paused.Text("paused").ShouldNotBeNull();
    }

    [Fact]
    public async Task Import_OneBadLine_LeavesNothingBehind()
    {
        await using var desk = await postgres.DeskAsync();
        var database = desk.Environment["FIELDMEDIC_STORE"];
        desk.Environment["FIELDMEDIC_STORE"] = null;
        await ResolveAsync(desk);
        await desk.RunAsync("store", "export", "good.jsonl");
        var lines = await File.ReadAllLinesAsync(Path.Combine(desk.Folder, "good.jsonl"), TestContext.Current.CancellationToken);
        desk.Write("bad.jsonl", string.Join('\n', lines[..^2].Append(lines[^2].Replace("\"type\":\"", "\"type\":\"no_", StringComparison.Ordinal)).Append(lines[^1])));

        foreach (var store in new[] { "fresh.db", database })
        {
            desk.Environment["FIELDMEDIC_STORE"] = store;
            var ran = await desk.RunAsync("store", "import", "bad.jsonl");
            ran.Code.ShouldBe(1, ran.All);
            ran.Output.ShouldContain($"bad.jsonl:{lines.Length - 1}: An event cannot be read");
            (await desk.RunAsync("store", "check", "--json")).Json.GetProperty("events").GetInt64().ShouldBe(0);
            (await desk.RunAsync("store", "import", "good.jsonl")).Code.ShouldBe(0);
        }
    }

    [Fact]
    public async Task Backup_WhileARepairRuns_IsAWholeStore()
    {
        await using var desk = await Desk.OpenAsync(window: "2s");
        desk.Door(isOpen: false);
        using var process = desk.Start("support", $"{desk.FileIssue("door shut")}");
        while (!(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("ended early")).Contains("acted", StringComparison.Ordinal))
        {
        }

        (await desk.RunAsync("store", "backup", "copy.db")).Code.ShouldBe(0);

        (await Desk.EndAsync(process)).Code.ShouldBe(0);
        var copy = (await desk.RunAsync("store", "check", "--json", "--store", "copy.db")).Json;
        copy.GetProperty("ok").GetBoolean().ShouldBeTrue();
        copy.GetProperty("incidents").GetInt32().ShouldBe(1);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(desk.Folder, "copy.db")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static async Task ResolveAsync(Desk desk)
    {
        desk.Door(isOpen: false);
        var ran = await desk.RunAsync("support", $"{desk.FileIssue("door shut")}", "--json");
        ran.Code.ShouldBe(0, ran.All);
    }

    private static async Task<string> ShowAsync(Desk desk, string line, int code)
    {
        var ran = await desk.RunAsync(line.Split(' '));
        ran.Code.ShouldBe(code, ran.All);
        // Standard error tells of slow work, which is no part of the answer.
        var shown = (code <= 1 ? ran.Output : ran.All).Replace(desk.Folder, "FOLDER", StringComparison.Ordinal);
        return $"$ {line}\n{Counts().Replace(Incident().Replace(Place().Replace(Moment().Replace(shown, "by NAME at TIME"), "SERVER"), "INC-ID"), "$1N")}";
    }

    [GeneratedRegex(@"by \S+ at \S+Z")]
    private static partial Regex Moment();

    [GeneratedRegex(@"127\.0\.0\.1:\d+|cli_\d+")]
    private static partial Regex Place();

    [GeneratedRegex(@"INC-[0-9a-f-]+")]
    private static partial Regex Incident();

    [GeneratedRegex(@"(""events"": |, |Exported )\d+(?=,| event\(s\))")]
    private static partial Regex Counts();
}
