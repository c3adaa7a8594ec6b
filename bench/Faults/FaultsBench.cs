using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FieldMedic.Bench.Faults;

/// <summary><c>fieldmedic-bench faults</c>: runs scenarios, keeps every result, and makes the table and the page of all of them.</summary>
internal static class FaultsBench
{
    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(FaultOptions options, IReadOnlyList<Scenario> scenarios, int first, int runs, CancellationToken cancellationToken)
    {
        if (scenarios.Count == 0)
        {
            Console.Error.WriteLine("No scenario was chosen, so nothing is measured.");
            return 64;
        }

        Directory.CreateDirectory(options.Out);
        var file = Path.Combine(options.Out, "results.jsonl");
        await SaveJobImageAsync(options, cancellationToken);
        var failures = 0;
        for (var run = first; run < first + runs; run++)
        {
            foreach (var scenario in scenarios)
            {
                Console.Write($"{options.Actor} {scenario.Id} #{run} … ");
                try
                {
                    var result = await new FaultRun(scenario, options, run).RunAsync(cancellationToken);
                    await File.AppendAllTextAsync(file, JsonSerializer.Serialize(result, Format) + "\n", cancellationToken);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(result.Score.IsSolved ? "solved" : "NOT SOLVED: " + string.Join("; ", result.Score.Reasons) + $" [{result.Ending.Said}]")} ({result.Seconds["prepare"]:0} + {result.Seconds["act"]:0} + {result.Seconds["judge"]:0} s)"));
                }
                catch (InvalidOperationException e)
                {
                    failures++;
                    Console.WriteLine($"NO RUN: {e.Message}");
                }
            }
        }

        var all = Read(file);
        await File.WriteAllTextAsync(Path.Combine(options.Out, "table.md"), FaultTable.Of(all), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(options.Out, "report.html"), HtmlReport.Of(all), cancellationToken);
        Console.WriteLine();
        Console.WriteLine(FaultTable.Of(all));
        return all.Count == 0 || failures > 0 ? 1 : 0;
    }

    /// <summary>The last result of a scenario's run by an actor counts: a part can be run again.</summary>
    public static IReadOnlyList<RunResult> Read(string file)
        => !File.Exists(file) ? [] : [.. File.ReadLines(file).Select(l => JsonSerializer.Deserialize<RunResult>(l, Format)!).GroupBy(r => (r.Scenario, r.Actor, r.Run)).Select(g => g.Last())];

    /// <summary>As an administrator does after each build: what a missing image is loaded from.</summary>
    private static async Task SaveJobImageAsync(FaultOptions options, CancellationToken cancellationToken)
    {
        var (code, _, error) = await Bash.RunAsync("mkdir -p \"$TO\" && docker save --output \"$TO/qgis.tar\" \"$IMAGE\"", new() { ["TO"] = Path.Combine(options.Patient, ".state/images"), ["IMAGE"] = $"{options.Project}-qgis:latest" }, TimeSpan.FromMinutes(2), cancellationToken);
        if (code != 0)
        {
            throw new InvalidOperationException($"The job image cannot be saved: {error.Trim()}");
        }
    }
}
