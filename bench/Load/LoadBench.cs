using System.Diagnostics;
using System.Globalization;
using System.Text;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Packs;
using FieldMedic.Storage;
using FieldMedic.Testing;

namespace FieldMedic.Bench.Load;

/// <summary>
/// Ten thousand incidents at once in one process: of each of a thousand systems nine are watched and one becomes quiet. Then some relapse,
/// and all have to end right.
/// </summary>
internal static class LoadBench
{
    private const int Systems = 1000;
    private const int Watched = 9;
    private const int Relapsing = 50;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(60);

    // Limits are no part of this: nine faults of one system within minutes would exceed each of them.
    private static readonly PolicySpec Waiting = new()
    {
        Window = TimeSpan.FromSeconds(120),
        PollEvery = TimeSpan.FromSeconds(10),
        SettleBudget = TimeSpan.FromMinutes(5),
        Watch = TimeSpan.FromMinutes(10),
        WatchEvery = TimeSpan.FromSeconds(60),
        Cooldown = TimeSpan.Zero,
        RemedyAttempts = 1000,
        ActionsPerHour = 1000,
    };

    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("fieldmedic-load-").FullName;
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, .NET {Environment.Version}, load 1 min {load} at the start. One process, one SQLite store, {Systems} systems with simulated probes, {Watched} watched incidents and one in Stabilize of each: {Systems * (Watched + 1)} at once. A look at each system every {Waiting.WatchEvery.TotalSeconds:0} s, a sample of each that becomes quiet every {Waiting.PollEvery.TotalSeconds:0} s. Made by `bench/run load`.");
        // First, for it takes the shorter time.
        var sweeps = new StringBuilder();
        var areSwept = await CommandSweeps.RunAsync(Systems, TimeSpan.FromSeconds(60), sweeps, cancellation);
        bool isRight;
        await using (var store = await StoreAddress.OfFile(Path.Combine(folder, "journal.db")).OpenAsync(TimeProvider.System, cancellation))
        {
            isRight = await IncidentsAsync(store, text, cancellation);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        text.AppendLine().Append(sweeps);
        await ResultsFile.WriteAsync("Load", text.ToString(), cancellation);
        Console.WriteLine(text);
        return isRight && areSwept ? 0 : 1;
    }

    private static async Task<bool> IncidentsAsync(IStore store, StringBuilder text, CancellationToken cancellation)
    {
        var tracker = new CollectingTracker(TimeProvider.System);
        var systems = Enumerable.Range(0, Systems).Select(i => new SimulatedSystem($"system-{i:0000}", store, tracker, Waiting)).ToList();
        var counter = new StageCounter();
        var empty = Usage.Heap();
        Say("making the watched incidents");
        var issues = await WatchedAsync(systems, counter, cancellation);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var looks = Task.WhenAll(systems.Select((s, i) => LookAfterAsync(s, Waiting.WatchEvery * ((double)i / Systems), counter, enough.Token)));
        // Each system has had its first look then, which reads the journals.
        await Task.Delay(Waiting.WatchEvery + TimeSpan.FromSeconds(5), TimeProvider.System, cancellation);
        var (watchedHeap, idle) = (Usage.Heap(), await BusyAsync(cancellation));
        Say("the last incident of each system");
        var running = systems.Select((s, i) => s.SupportAsync(s.Medic, (Systems * Watched) + i + 1, counter, cancellation)).ToList();
        while (counter.In(IncidentStage.Stabilize) < Systems)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellation);
        }

        var allHeap = Usage.Heap();
        var before = (In: counter.In(IncidentStage.Stabilize) + counter.In(IncidentStage.Watch), Threads: Usage.Threads());
        var busy = await BusyAsync(cancellation);
        var (resident, stabilizing) = (Usage.Resident(), counter.In(IncidentStage.Stabilize));
        Say("until all are closed");
        var last = await Task.WhenAll(running);
        issues.AddRange(last.Select(l => l.Issue));
        foreach (var system in systems.Take(Relapsing))
        {
            system.Break();
        }

        Say("some relapse; until the watch of all is over");
        while ((await store.ListAsync(null, [IncidentLifecycle.Active, IncidentLifecycle.Watching], 1, cancellation)).Count > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, cancellation);
        }

        await enough.CancelAsync();
        await looks.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var ended = await store.ListAsync(null, [IncidentLifecycle.Over], int.MaxValue, cancellation);
        var open = issues.Count(i => tracker[i].IsOpen);
        var isRight = ended.Count == Systems * (Watched + 1) && open == Relapsing * (Watched + 1) && last.All(l => l.Result.Outcome == RunOutcome.Closed);
        text.AppendLine().AppendLine("| | |").AppendLine("|---|---|");
        Row("incidents waiting at once", $"{before.In} ({Systems} in Stabilize, {before.In - Systems} in Watch)");
        Row("memory of the process", $"{resident / 1048576.0:0} MiB resident, {allHeap / 1048576.0:0} MiB of it reachable objects");
        Row("threads of the process", $"{before.Threads}");
        Row("processor, all watched, nothing in Stabilize", $"{100 * idle:0.0} % of a core over {Measured.TotalSeconds:0} s");
        Row("processor, all waiting", $"{100 * busy:0.0} % of a core over {Measured.TotalSeconds:0} s (still in Stabilize at its end: {stabilizing})");
        Row("a further watched incident", $"{(watchedHeap - empty) / (double)(Systems * Watched) / 1024:0.0} KiB");
        Row("a further incident in Stabilize", $"{(allHeap - watchedHeap) / (double)Systems / 1024:0.0} KiB");
        Row("ended", $"{ended.Count} of {Systems * (Watched + 1)}; {open} issues open, all those of the {Relapsing} systems that relapsed and no others: {(isRight ? "yes" : "NO")}");
        return isRight;

        void Row(string name, FormattableString value) => text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {FormattableString.Invariant(value)} |");
    }

    /// <summary>Repaired, closed, and now watched: with a window of nothing, so that it takes minutes and not hours.</summary>
    private static async Task<List<IssueRef>> WatchedAsync(List<SimulatedSystem> systems, StageCounter counter, CancellationToken cancellation)
    {
        var quick = Waiting with { Window = TimeSpan.Zero, PollEvery = TimeSpan.FromMilliseconds(10) };
        var issues = new List<IssueRef>();
        await Parallel.ForEachAsync(systems.Index(), new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancellation }, async (item, token) =>
        {
            var medic = item.Item.With(quick);
            for (var i = 0; i < Watched; i++)
            {
                var (issue, result) = await item.Item.SupportAsync(medic, (item.Index * Watched) + i + 1, counter, token);
                if (result.Outcome != RunOutcome.Closed)
                {
                    throw new InvalidOperationException($"{item.Item.Name}: {result.Outcome} {result.Message}");
                }

                lock (issues)
                {
                    issues.Add(issue);
                }
            }
        });
        return issues;
    }

    private static async Task LookAfterAsync(SimulatedSystem system, TimeSpan first, StageCounter counter, CancellationToken cancellation)
    {
        await Task.Delay(first, TimeProvider.System, cancellation);
        while (true)
        {
            await system.Medic.LookAfterAsync(counter, cancellation);
            await Task.Delay(Waiting.WatchEvery, TimeProvider.System, cancellation);
        }
    }

    /// <summary>The share of one core that this process uses.</summary>
    private static async Task<double> BusyAsync(CancellationToken cancellation)
    {
        var (used, started) = (Usage.ProcessorSeconds(), Stopwatch.GetTimestamp());
        await Task.Delay(Measured, TimeProvider.System, cancellation);
        return (Usage.ProcessorSeconds() - used) / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static void Say(string what) => Console.Error.WriteLine($"load: {what}");
}
