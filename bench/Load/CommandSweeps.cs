using System.Diagnostics;
using System.Globalization;
using System.Text;
using FieldMedic.Bench.Patient;
using FieldMedic.Packs.Yaml;
using FieldMedic.Platform;
using FieldMedic.Systems;

namespace FieldMedic.Bench.Load;

/// <summary>A thousand systems, each with a pack of its own whose probe is a command, swept once a minute.</summary>
internal static class CommandSweeps
{
    private const int Rounds = 2;

    public static async Task<bool> RunAsync(int systems, TimeSpan every, StringBuilder text, CancellationToken cancellation)
    {
        Console.Error.WriteLine("load: sweeping by commands");
        var folder = Directory.CreateTempSubdirectory("fieldmedic-sweeps-").FullName;
        var state = Path.Combine(folder, "state.json");
        await File.WriteAllTextAsync(state, """{ "worker": { "running": 1 }, "queue": { "pending": 3 } }""", cancellation);
        var connections = new List<PlatformConnection>();
        for (var i = 0; i < systems; i++)
        {
            var pack = Path.Combine(folder, $"{i:0000}");
            Directory.CreateDirectory(pack);
            await File.WriteAllTextAsync(Path.Combine(pack, "pack.yaml"), $$"""
                system: system-{{i:0000}}
                title: System {{i}}
                services:
                  worker: { needs: [] }
                problems:
                  worker_down: { service: worker, title: The worker is down, when: [state.worker.running == 0] }
                probes:
                  state:
                    command: { argv: [/bin/cat, "{{state}}"], parse: json }
                    required: true
                    timeout: 5s
                healthy:
                  - state.worker.running == 1
                status: [state.queue.pending]
                """, cancellation);
            var loaded = new PackLoader(PlatformKinds.Catalog).Load(pack, new Dictionary<string, string>());
            connections.Add(PlatformConnection.Open(loaded.Pack ?? throw new InvalidOperationException(string.Join('\n', loaded.Problems)), TimeProvider.System));
        }

        var (took, failed, gate) = (new Figures("ms"), 0, new Lock());
        var (used, started) = (Usage.ProcessorSeconds(), Stopwatch.GetTimestamp());
        await Task.WhenAll(connections.Select(async (connection, i) =>
        {
            var sweep = new Sweep(connection.System, TimeProvider.System);
            await Task.Delay(every * ((double)i / systems), TimeProvider.System, cancellation);
            for (var round = 0; round < Rounds; round++)
            {
                var begun = Stopwatch.GetTimestamp();
                var snapshot = await sweep.TakeAsync(cancellation);
                var lasted = Stopwatch.GetElapsedTime(begun);
                lock (gate)
                {
                    took.Add(lasted.TotalMilliseconds);
                    failed += snapshot.IsObservable ? 0 : 1;
                }

                await Task.Delay(every - lasted, TimeProvider.System, cancellation);
            }
        }));
        var share = (Usage.ProcessorSeconds() - used) / Stopwatch.GetElapsedTime(started).TotalSeconds;
        connections.ForEach(c => c.Dispose());
        Directory.Delete(folder, recursive: true);
        text.AppendLine(CultureInfo.InvariantCulture, $"{systems} systems, each with a pack of its own whose probe is a command (a process each time), swept every {every.TotalSeconds:0} s for {Rounds} minutes: {Rounds * systems} sweeps, {failed} without an answer, {took.Median:0.0} ms each (median; longest {took.Max:0} ms), {100 * share:0.0} % of one core, the commands included.");
        return failed == 0;
    }
}
