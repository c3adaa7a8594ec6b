using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using FieldMedic.Testing;

namespace FieldMedic.Bench.Crash;

/// <summary>
/// The crash matrix: every kind of incident, on every store, killed with SIGKILL after each of its events, and after two of them, and started
/// again until it ends.
/// </summary>
internal static class CrashBench
{
    private const int AtOnce = 3;
    private static int _trial;

    /// <param name="only">One kind of incident, shown and not written; null for all.</param>
    public static async Task<int> RunAsync(string? only, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("fieldmedic-crash-stores-").FullName;
        await using var postgres = await PostgresServer.StartAsync();
        var rows = new List<string>();
        var isGood = true;
        foreach (var happening in CrashCase.All.Where(c => only is null || c.Name == only))
        {
            foreach (var isPostgres in new[] { false, true })
            {
                CrashTrial Trial()
                {
                    var system = string.Create(CultureInfo.InvariantCulture, $"crash_{Interlocked.Increment(ref _trial)}");
                    return isPostgres ? new CrashTrial(happening, postgres.Address, PostgresServer.Password, system) : new CrashTrial(happening, Path.Combine(folder, $"{system}.db"), null, system);
                }

                var undisturbed = await Trial().RunAsync([], cancellation);
                // Each boundary once, and each with a second kill soon after it.
                var plans = Enumerable.Range(1, undisturbed.Events).SelectMany(k => new int[][] { [k], [k, k + 1], [k, k + 3] }).ToList();
                var results = new ConcurrentBag<CrashResult> { undisturbed };
                await Parallel.ForEachAsync(plans, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (plan, token) =>
                {
                    var result = await Trial().RunAsync(plan, token);
                    results.Add(result);
                    if (!result.IsGood)
                    {
                        Console.WriteLine($"\n{happening.Name}, killed after {string.Join(" and ", plan)}: {result with { Said = "" }}\n{result.Said}");
                    }

                    Console.Write($"\r{happening.Name} on {(isPostgres ? "PostgreSQL" : "SQLite")}: {results.Count - 1} of {plans.Count} …   ");
                });
                isGood &= results.All(r => r.IsGood);
                rows.Add(Row(happening.Name, isPostgres ? "PostgreSQL" : "SQLite", undisturbed.Events, results));
            }
        }

        Directory.Delete(folder, recursive: true);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}. A system of files whose repairs take 0.3 s and go on when the medic dies. Every incident is killed (SIGKILL) after each event of its journal is durable, once and with a second kill one or three events later, and the same command is started again until it ends. `database_down` takes two repairs, `approval` a maintainer's word. Made by `bench/run crash`.");
        text.AppendLine().AppendLine("| incident | store | events | trials | kills | incidents lost | not ended, or not as they should | actions doubled | comments doubled |").AppendLine("|---|---|---|---|---|---|---|---|---|");
        rows.ForEach(r => text.AppendLine(r));
        if (only is null)
        {
            await ResultsFile.WriteAsync("Crashes", text.ToString(), cancellation);
        }

        Console.WriteLine($"\r{text}");
        return isGood ? 0 : 1;
    }

    private static string Row(string name, string store, int events, ConcurrentBag<CrashResult> results) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {store} | {events} | {results.Count} | {results.Sum(r => r.Kills)} | {results.Count(r => r.IsLost)} | {results.Count(r => !r.IsEnded || !r.IsDone)} | {results.Sum(r => r.DoubledActions)} | {results.Sum(r => r.DoubledComments)} |");
}
