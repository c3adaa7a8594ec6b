using System.Diagnostics;
using System.Globalization;
using System.Text;
using FieldMedic.Bench.Patient;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Storage;
using GitHubSimulator;

namespace FieldMedic.Bench.Dashboard;

/// <summary>The dashboard's pages over a store of 100 000 incidents of the last 90 days.</summary>
internal static class DashboardBench
{
    private const int Incidents = 100_000;
    private const int Requests = 200;
    private static readonly string[] Pages = ["/", "/?days=90", "/review", "/systems", "/actions?days=7"];

    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("fieldmedic-dashboard-").FullName;
        var store = StoreAddress.OfFile(Path.Combine(folder, "journal.db"));
        await using (var filled = await store.OpenAsync(TimeProvider.System, cancellation))
        {
            await filled.Upkeep.AddAsync(EventsAsync(), [], cancellation);
        }

        var rows = new List<string>();
        TimeSpan read;
        await using (var gitHub = await SimulatorHost.StartAsync(new SimulatorOptions(), cancellation))
        using (var serve = Serve(folder, gitHub.Url))
        {
            var line = await serve.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException($"The server did not come up: {await serve.StandardError.ReadToEndAsync(cancellation)}");
            _ = serve.StandardError.ReadToEndAsync(cancellation);
            using var client = new HttpClient { BaseAddress = new Uri(line[line.IndexOf("Dashboard at ", StringComparison.Ordinal)..].Split(' ')[2].TrimEnd('.')) };
            var started = Stopwatch.GetTimestamp();
            rows.Add((await MeasureAsync(client, "/", "/, the very first request", until: _ => true, cancellation)).Row());
            rows.Add((await MeasureAsync(client, "/", "/, while the journal is read", until: html => !html.Contains("being read", StringComparison.Ordinal), cancellation)).Row());
            read = Stopwatch.GetElapsedTime(started);
            foreach (var page in Pages)
            {
                rows.Add((await MeasureAsync(client, page, page, null, cancellation)).Row());
            }

            serve.Kill();
            await serve.WaitForExitAsync(cancellation);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, .NET {Environment.Version}. {Incidents} incidents of the last 90 days on SQLite, read in the background in {read.TotalSeconds:0} s after the start of `fieldmedic serve`, as published. Server time in ms (the header `Server-Timing`), one request after the other. Made by `bench/run dashboard`.");
        text.AppendLine().AppendLine("| page | n | median | min | p90 | max |").AppendLine("|---|---|---|---|---|---|");
        rows.ForEach(r => text.AppendLine(r));
        await ResultsFile.WriteAsync("Dashboard", text.ToString(), cancellation);
        Console.WriteLine(text);
        return 0;
    }

    private static Process Serve(string folder, Uri gitHub)
    {
        var binary = Environment.GetEnvironmentVariable("BENCH_BINARY") ?? Path.Combine(AppContext.BaseDirectory, "fieldmedic");
        var start = new ProcessStartInfo(binary, ["serve", "--no-webhook", "--poll", "1h", "--dashboard", "http://127.0.0.1:0"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[]
        {
            ("GITHUB_API_URL", gitHub.ToString()), ("GITHUB_REPOSITORY", "acme/maps"), ("GITHUB_TOKEN", "ghp_0123456789abcdefABCDEF0123456789abcd"),
            ("FIELDMEDIC_STORE", Path.Combine(folder, "journal.db")), ("FIELDMEDIC_PACK", Path.Combine(AppContext.BaseDirectory, "packs", "demo")),
            ("FIELDMEDIC_EXE", "true"), ("DEMO_DIR", folder), ("DEMO_API", "http://127.0.0.1:9"),
        })
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<Figures> MeasureAsync(HttpClient client, string page, string name, Func<string, bool>? until, CancellationToken cancellation)
    {
        var figures = new Figures(name);
        for (var i = 0; until is not null || i < Requests; i++)
        {
            using var answer = await client.GetAsync(new Uri(page, UriKind.Relative), cancellation);
            var html = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellation);
            figures.Add(double.Parse(answer.Headers.GetValues("Server-Timing").Single().Split('=')[1], CultureInfo.InvariantCulture));
            if (until?.Invoke(html) == true)
            {
                break;
            }

            if (until is not null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellation);
            }
        }

        return figures;
    }

    private static async IAsyncEnumerable<StoredEvent> EventsAsync()
    {
        await Task.CompletedTask;
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < Incidents; i++)
        {
            var at = now.AddDays(-89.9 * (Incidents - i) / Incidents);
            var id = new IncidentId(string.Create(CultureInfo.InvariantCulture, $"INC-{at:yyyyMMdd-HHmmss}-{i:x6}"));
            var sequence = 0L;
            foreach (var happened in i % 4 == 3 ? Left(i + 1) : Repaired(i + 1, at))
            {
                yield return new StoredEvent(id.Value, ++sequence, at, JournalJson.Write(happened));
                at = at.AddSeconds(5);
            }
        }
    }

    private static IncidentEvent.IncidentOpened Opened(int issue) => new("demo", new IssueRef("acme/maps", issue), Complaint.None);

    private static IEnumerable<IncidentEvent> Left(int issue) =>
    [
        Opened(issue),
        new IncidentEvent.Diagnosed(Sweep(), [new Finding("queue_stuck", null, "The queue is stuck", ["queue.pending = 140 (> 100)"])], []),
        new IncidentEvent.Decided(new Decision.Escalate(EscalationReason.NotFixable, "no remedy")),
        new IncidentEvent.ReportPrepared(IncidentOutcome.Escalated, EscalationReason.NotFixable, ""),
        new IncidentEvent.Escalated(new IssueRef("acme/maps", issue), EscalationReason.NotFixable),
        new IncidentEvent.IncidentEnded(IncidentOutcome.Escalated),
    ];

    private static IEnumerable<IncidentEvent> Repaired(int issue, DateTimeOffset at)
    {
        var action = new PlannedAction("start_worker", "command", "worker", "worker", "low", TimeSpan.FromSeconds(30));
        return
        [
            Opened(issue),
            new IncidentEvent.Diagnosed(Sweep(), [new Finding("worker_down", "worker", "The worker is down", ["worker.running = 0 (< 1)"])], []),
            new IncidentEvent.Decided(new Decision.Fix(new Plan("worker_down/worker", "start_worker", [action], []))),
            new IncidentEvent.ActionStarted(action),
            new IncidentEvent.ActionFinished(action, true, "started", TimeSpan.FromSeconds(2)),
            new IncidentEvent.Stabilized(true, "", at, TimeSpan.FromSeconds(30), 30, 0, Sweep()),
            new IncidentEvent.Verified(Verdict.Resolved, "All that was wrong is gone.", Sweep(), [new BeforeAfter("worker.running", ObservedValue.Of(0), ObservedValue.Of(1))], null),
            new IncidentEvent.ReportPrepared(IncidentOutcome.Closed, null, ""),
            new IncidentEvent.WatchStarted(at),
            new IncidentEvent.IncidentEnded(IncidentOutcome.Closed),
        ];
    }

    /// <summary>As the demo's sweep: ten values.</summary>
    private static Snapshot Sweep()
        => new(DateTimeOffset.UnixEpoch, [.. Enumerable.Range(0, 10).Select(i => new Observation($"service_{i}.running", ObservedValue.Of(i), DateTimeOffset.UnixEpoch, "counted"))], [new ProbeRun("status", TimeSpan.FromMilliseconds(40), null, true)]);
}
