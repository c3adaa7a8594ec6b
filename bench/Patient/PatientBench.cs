using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using FieldMedic;
using FieldMedic.Hosting;
using GitHubSimulator;

namespace FieldMedic.Bench.Patient;

/// <summary>Measures the sandbox patient (sandbox/qfieldcloud/up): sweeps, whole processes, repairs.</summary>
internal static class PatientBench
{
    private const int Sweeps = 30;
    private const int Processes = 20;
    private const int Repairs = 5;

    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        var binary = Environment.GetEnvironmentVariable("BENCH_BINARY") ?? Path.Combine(AppContext.BaseDirectory, "fieldmedic");
        var settings = SettingsReader.Read(Environment.CurrentDirectory, null, new Dictionary<string, string?>());
        var project = settings.Variables.GetValueOrDefault("COMPOSE_PROJECT_NAME") is { Length: > 0 } named ? named : "qfieldcloud";
        var text = new StringBuilder();

        await using var host = await FieldMedicHost.OpenAsync(settings, HostNeeds.None, cancellation);
        var first = await host.Medic.DiagnoseAsync(cancellation);
        if (!first.IsHealthy)
        {
            Console.Error.WriteLine($"The patient is not healthy ({string.Join(", ", first.Findings.Select(f => f.Key))}): run sandbox/qfieldcloud/reset first.");
            return 1;
        }

        Console.WriteLine("sweeps inside one process …");
        var warm = new Figures("full sweep, warm process");
        var probes = new Dictionary<string, Figures>();
        for (var i = 0; i < Sweeps; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var diagnosis = await host.Medic.DiagnoseAsync(cancellation);
            warm.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            foreach (var probe in diagnosis.Snapshot.Probes)
            {
                (probes.TryGetValue(probe.Probe, out var known) ? known : probes[probe.Probe] = new Figures($"probe {probe.Probe}, warm")).Add(probe.Elapsed.TotalMilliseconds);
            }
        }

        Console.WriteLine("whole processes, side by side with docker compose ps …");
        var cold = new Figures("full sweep, first in a fresh process");
        var whole = new Figures("`fieldmedic status --json`, whole process");
        var control = new Figures("control: `docker compose ps -a`, whole process");
        for (var i = 0; i < Processes; i++)
        {
            var (ms, output) = await RunAsync(binary, ["status", "--json"], []);
            whole.Add(ms);
            cold.Add(JsonDocument.Parse(output).RootElement.GetProperty("seconds").GetProperty("total").GetDouble() * 1000);
            control.Add((await RunAsync("docker", ["compose", "-p", project, "ps", "-a"], [])).Milliseconds);
        }

        Console.WriteLine("repairs, end to end …");
        var repair = new Figures("workers killed → issue closed, minus the window");
        var stages = new Dictionary<string, Figures>();
        await using (var gitHub = await SimulatorHost.StartAsync(new SimulatorOptions(), cancellation))
        {
            var store = Path.Combine(Directory.CreateTempSubdirectory("fieldmedic-bench-").FullName, "journal.db");
            for (var i = 0; i < Repairs; i++)
            {
                var workers = (await RunAsync("docker", ["ps", "--filter", $"label=com.docker.compose.project={project}", "--filter", "label=com.docker.compose.service=worker_wrapper", "--format", "{{.Names}}"], [])).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                await RunAsync("docker", ["kill", .. workers], []);
                var number = gitHub.Store.OpenIssue("bench/system", "ada", "Sync stuck at 50%", "").Number;
                var (_, output) = await RunAsync(binary, ["support", number.ToString(CultureInfo.InvariantCulture), "--json"], new()
                {
                    ["GITHUB_TOKEN"] = "bench",
                    ["GITHUB_REPOSITORY"] = "bench/system",
                    ["GITHUB_API_URL"] = gitHub.Url.ToString(),
                    ["FIELDMEDIC_STORE"] = store,
                    ["FIELDMEDIC_WINDOW"] = "10s",
                    ["FIELDMEDIC_LOOP_WINDOW"] = "10s",
                });
                var result = JsonDocument.Parse(output).RootElement;
                if (result.GetProperty("outcome").GetString() != "closed")
                {
                    Console.Error.WriteLine($"Repair {i + 1} did not close: {result.GetProperty("message")}");
                    return 1;
                }

                var seconds = result.GetProperty("seconds");
                repair.Add((seconds.GetProperty("total").GetDouble() - seconds.GetProperty("window").GetDouble()) * 1000);
                foreach (var stage in seconds.EnumerateObject().Where(s => s.Name is not ("total" or "window" or "watch")))
                {
                    var minus = stage.Name == "stabilize" ? seconds.GetProperty("window").GetDouble() : 0;
                    (stages.TryGetValue(stage.Name, out var known) ? known : stages[stage.Name] = new Figures($"  of it {stage.Name}")).Add((stage.Value.GetDouble() - minus) * 1000);
                }
            }

            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(Path.GetDirectoryName(store)!, recursive: true);
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, Docker {(await RunAsync("docker", ["version", "--format", "{{.Server.Version}}"], [])).Output.Trim()}, build {(IsDebug() ? "Debug" : "Release")}. The sandbox patient with {host.Pack.Services.Count} services in the pack; every probe of the pack runs in each sweep. Made by `bench/run`.").AppendLine();
        text.AppendLine("Milliseconds:").AppendLine().AppendLine("| what | n | median | min | p90 | max |").AppendLine("|---|---|---|---|---|---|");
        foreach (var figures in new[] { warm, cold, whole, control }.Concat(probes.Values).Append(repair).Concat(stages.Values))
        {
            text.AppendLine(figures.Row());
        }

        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Ratio of medians, measured alternately in one run: whole process / control = {whole.Median / control.Median:0.00}.");
        await ResultsFile.WriteAsync("The sandbox patient", text.ToString(), cancellation);
        Console.WriteLine(text);
        return 0;
    }

    private static async Task<(double Milliseconds, string Output)> RunAsync(string file, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, output);
    }

    private static bool IsDebug()
    {
#if DEBUG
        return true;
#else
        return false;
#endif
    }
}
