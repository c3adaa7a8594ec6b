using System.Diagnostics;
using System.Globalization;
using System.Text;
using FieldMedic.Bench.Patient;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Storage;
using FieldMedic.Testing;

namespace FieldMedic.Bench.Journal;

/// <summary>Durable appends a second on both stores, by one and by many incidents at once, and what folding costs.</summary>
internal static class JournalBench
{
    private const int Rounds = 5;
    private const int Appends = 1000;
    private const int Observations = 100;
    private static readonly int[] Writers = [1, 8, 32];

    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("fieldmedic-journal-").FullName;
        await using var server = await PostgresServer.StartAsync();
        var (load, size) = (File.ReadAllText("/proc/loadavg").Split(' ')[0], JournalJson.Write(Sweep()).Length);
        var fold = new Figures("fold");
        List<(string Name, int Writers, Figures Rate)> rows;
        await using (var sqlite = await StoreAddress.OfFile(Path.Combine(folder, "journal.db")).OpenAsync(TimeProvider.System, cancellation))
        await using (var postgres = await StoreAddress.OfDatabase(server.Address, () => PostgresServer.Password).OpenAsync(TimeProvider.System, cancellation))
        {
            var stores = new (string Name, IStore Store)[] { ("SQLite", sqlite), ("PostgreSQL", postgres) };
            rows = [.. Writers.SelectMany(w => stores.Select(s => (s.Name, w, new Figures("events/s"))))];
            for (var round = 0; round <= Rounds; round++)
            {
                foreach (var (name, writers, rate) in rows)
                {
                    var perSecond = await AppendAsync(stores.Single(s => s.Name == name).Store, writers, cancellation);
                    if (round > 0)
                    {
                        rate.Add(perSecond);
                    }
                }
            }

            foreach (var header in (await sqlite.ListAsync(null, null, 200, cancellation)).Skip(20))
            {
                var entries = await sqlite.ReadAsync(header.Id, cancellation);
                var started = Stopwatch.GetTimestamp();
                Incident.Fold(entries);
                fold.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds / entries.Count);
            }
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, .NET {Environment.Version}, load 1 min {load} at the start. Sweeps of {Observations} observations ({size / 1024.0:0.0} kB of JSON) appended to incidents, each append durable before the next of its incident: SQLite with WAL and synchronous FULL, PostgreSQL 15 on the same disk over loopback. {Rounds} rounds of {Appends} appends, all rows in turn in each round, after one round to warm up. Made by `bench/run journal`.");
        text.AppendLine().AppendLine("| store | incidents at once | events/s: median | min | max |").AppendLine("|---|---|---|---|---|");
        foreach (var (name, writers, rate) in rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {writers} | {rate.Median:0} | {rate.Min:0} | {rate.Max:0} |");
        }

        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Fold: {fold.Median:0.00} µs per event (median over incidents).");
        await ResultsFile.WriteAsync("Journal", text.ToString(), cancellation);
        Console.WriteLine(text);
        return 0;
    }

    private static async Task<double> AppendAsync(IStore store, int writers, CancellationToken cancellation)
    {
        var happened = Sweep();
        var incidents = Enumerable.Range(0, writers).Select(_ => IncidentId.New(TimeProvider.System)).ToList();
        foreach (var incident in incidents)
        {
            await store.AppendAsync(incident, 1, new IncidentEvent.IncidentOpened("bench", null, Complaint.None), null, cancellation);
        }

        var each = Appends / writers;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(incidents.Select(incident => Task.Run(
            async () =>
            {
                for (var i = 0; i < each; i++)
                {
                    if (await store.AppendAsync(incident, i + 2, happened, null, cancellation) != AppendOutcome.Appended)
                    {
                        throw new InvalidOperationException("An append was refused.");
                    }
                }
            },
            cancellation)));
        return each * writers / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static IncidentEvent.Diagnosed Sweep()
    {
        var at = TimeProvider.System.GetUtcNow();
        var observations = Enumerable.Range(0, Observations).Select(i => new Observation($"service_{i}.running", ObservedValue.Of(i), at)).ToList();
        return new IncidentEvent.Diagnosed(new Snapshot(at, observations, [new ProbeRun("containers", TimeSpan.FromMilliseconds(20), null, true)]), [], []);
    }
}
