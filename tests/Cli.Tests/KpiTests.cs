using System.Diagnostics;
using System.Text.Json;
using FieldMedic.Testing;

namespace FieldMedic.Cli.Tests;

public sealed class KpiTests
{
    private static readonly DateTimeOffset January = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 400)]
    [InlineData(2, 400)]
    [InlineData(3, 25)]
    public async Task Kpi_AGeneratedHistory_IsWhatAnIndependentScriptCounts(int seed, int incidents)
    {
        await using var desk = await Desk.OpenAsync();
        var store = Store(desk);
        await History.WriteAsync(store, incidents, seed, January);

        var ran = await desk.RunAsync("kpi", "--since", "2026-01-01", "--json");
        var counted = JsonDocument.Parse(await ScriptAsync(store)).RootElement;

        ran.Code.ShouldBe(0, ran.All);
        counted.GetProperty("incidents").GetInt32().ShouldBe(incidents);
        foreach (var figure in counted.EnumerateObject())
        {
            ShouldAgree(figure.Name, ran.Json.GetProperty(figure.Name), figure.Value);
        }
    }

    [Fact]
    public async Task Kpi_AndReview_AreAsApproved()
    {
        await using var desk = await Desk.OpenAsync();
        await History.WriteAsync(Store(desk), 40, 7, January);

        var ran = await desk.RunAsync("kpi", "--since", "2026-01-01");
        var json = await desk.RunAsync("kpi", "--since", "2026-01-01", "--json");
        var review = await desk.RunAsync("review", "--month", "2026-01");

        (ran.Code, json.Code, review.Code).ShouldBe((0, 0, 0), ran.All + json.All + review.All);
        Approved.Check(string.Join('\n', $"{ran.Output}\n---\n\n{json.Output}".Split('\n').Select(l => l.TrimEnd())), "kpi");
        Approved.Check(review.Output, "review");
    }

    [Fact]
    public async Task Kpi_NothingHappenedYet_HasNoShares()
    {
        await using var desk = await Desk.OpenAsync();

        var ran = await desk.RunAsync("kpi", "--json");
        var review = await desk.RunAsync("review", "--out", "review.md");

        ran.Json.GetProperty("auto_resolved").GetProperty("percent").ValueKind.ShouldBe(JsonValueKind.Null);
        review.Output.ShouldContain("Written to review.md");
        File.ReadAllText(Path.Combine(desk.Folder, "review.md")).ShouldContain("0 incidents");
    }

    [Theory]
    [InlineData("kpi --since yesterday", "--since 'yesterday'")]
    [InlineData("kpi --since -3d", "--since '-3d'")]
    [InlineData("kpi --since 99999999d", "--since '99999999d'")]
    [InlineData("review --month 2026-13", "--month '2026-13'")]
    [InlineData("review --month 2026-01 --out nowhere/review.md", "nowhere/review.md cannot be written")]
    public async Task Kpi_BadOption_SaysWhatToWrite(string line, string message)
    {
        await using var desk = await Desk.OpenAsync();

        var ran = await desk.RunAsync(line.Split(' '));

        ran.Code.ShouldBe(64, ran.All);
        ran.Error.ShouldContain(message);
    }

    private static string Store(Desk desk)
    {
        var store = Path.Combine(desk.Folder, "history.db");
        desk.Environment["FIELDMEDIC_STORE"] = store;
        return store;
    }

    private static async Task<string> ScriptAsync(string store)
    {
        var start = new ProcessStartInfo("python3", [Path.Combine(AppContext.BaseDirectory, "kpis.py"), store, "tiny"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var ran = await Desk.EndAsync(process);
        ran.Code.ShouldBe(0, ran.All);
        return ran.Output;
    }

    /// <summary>Counts are equal; times differ by rounding at most. What the script does not count (targets, wording) is not compared.</summary>
    private static void ShouldAgree(string name, JsonElement ours, JsonElement theirs)
    {
        switch (theirs.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var part in theirs.EnumerateObject())
                {
                    ShouldAgree($"{name}.{part.Name}", ours.GetProperty(part.Name), part.Value);
                }

                break;
            case JsonValueKind.Number:
                ours.GetDouble().ShouldBe(theirs.GetDouble(), 0.0015, name);
                break;
            default:
                ours.ToString().ShouldBe(theirs.ToString(), name);
                break;
        }
    }
}
