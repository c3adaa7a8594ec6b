using System.Diagnostics;
using System.Globalization;
using System.Text;
using FieldMedic.Bench.Patient;
using FieldMedic.Hosting;
using FieldMedic.Testing;

namespace FieldMedic.Bench.Ssh;

/// <summary>
/// The sandbox patient over a real sshd on loopback: whole sweeps beside what a script would do, one <c>ssh … docker …</c> command for each
/// probe that asks Docker. That is fewer questions than the probes ask.
/// </summary>
internal static class SshBench
{
    private const int Rounds = 20;

    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        if (Sshd.WhyNot() is { } whyNot)
        {
            Console.Error.WriteLine(whyNot);
            return 1;
        }

        await using var sshd = await Sshd.StartAsync();
        var local = SettingsReader.Read(Environment.CurrentDirectory, null, new Dictionary<string, string?>());
        var over = new Dictionary<string, string>(local.Variables, StringComparer.Ordinal)
        {
            ["DOCKER_HOST"] = sshd.Address,
            ["FIELDMEDIC_SSH_IDENTITY_FILE"] = sshd.Identity,
            ["FIELDMEDIC_SSH_KNOWN_HOSTS_FILE"] = sshd.KnownHosts,
        };
        await using var here = await FieldMedicHost.OpenAsync(local, HostNeeds.None, cancellation);
        await using var there = await FieldMedicHost.OpenAsync(local with { Variables = over }, HostNeeds.None, cancellation);
        var connecting = Stopwatch.GetTimestamp();
        var first = await there.Medic.DiagnoseAsync(cancellation);
        var firstMs = Stopwatch.GetElapsedTime(connecting).TotalMilliseconds;
        await here.Medic.DiagnoseAsync(cancellation);
        if (!first.IsHealthy)
        {
            Console.Error.WriteLine($"The patient is not healthy over ssh ({string.Join(", ", first.Findings.Select(f => f.Key).Concat(first.Undecided))}): run sandbox/qfieldcloud/reset first.");
            return 1;
        }

        var asking = there.Pack.Probes.Count(p => p.Kind is not ("http" or "tls"));
        var project = local.Variables.GetValueOrDefault("COMPOSE_PROJECT_NAME") is { Length: > 0 } named ? named : "qfieldcloud";
        var sweep = new Figures("full sweep over ssh, after connecting");
        var direct = new Figures("full sweep on the local socket");
        var script = new Figures($"control: {asking} × `ssh … docker inspect`, a connection each");
        var shared = new Figures($"control: {asking} × `ssh … docker inspect`, one shared connection (ControlMaster)");
        string[] login = ["-F", "none", "-i", sshd.Identity, "-o", "IdentitiesOnly=yes", "-o", $"UserKnownHostsFile={sshd.KnownHosts}", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR", "-p", sshd.Port.ToString(CultureInfo.InvariantCulture)];
        var control = Path.Combine(Path.GetDirectoryName(sshd.Identity)!, "control");
        string[] multiplexed = ["-o", "ControlMaster=auto", "-o", $"ControlPath={control}", "-o", "ControlPersist=30", .. login];
        string[] command = ["127.0.0.1", "docker", "inspect", $"{project}-db-1"];
        await TimeAsync([.. multiplexed, .. command]);
        var loads = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            Console.Write($"\rround {i + 1} of {Rounds} …");
            loads.Add(double.Parse((await File.ReadAllTextAsync("/proc/loadavg", cancellation)).Split(' ')[0], CultureInfo.InvariantCulture));
            sweep.Add(await SweepAsync(there, cancellation));
            script.Add(await ManyAsync(asking, [.. login, .. command]));
            direct.Add(await SweepAsync(here, cancellation));
            shared.Add(await ManyAsync(asking, [.. multiplexed, .. command]));
        }

        await TimeAsync(["-o", $"ControlPath={control}", "-O", "exit", "127.0.0.1"]);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, sshd on loopback (no network delay), load 1 min {loads.Min():0.0} to {loads.Max():0.0} during the run. {there.Pack.Probes.Count} probes a sweep; all four are measured in turn in each round. The first sweep with connecting: {firstMs:0} ms. Made by `bench/run ssh`.").AppendLine();
        text.AppendLine("Milliseconds:").AppendLine().AppendLine("| what | n | median | min | p90 | max |").AppendLine("|---|---|---|---|---|---|");
        foreach (var figures in new[] { sweep, direct, script, shared })
        {
            text.AppendLine(figures.Row());
        }

        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Ratio of medians: sweep over ssh / commands with a connection each = {sweep.Median / script.Median:0.00}; / commands over a shared connection = {sweep.Median / shared.Median:0.00}; / sweep on the local socket = {sweep.Median / direct.Median:0.00}.");
        await ResultsFile.WriteAsync("Over ssh", text.ToString(), cancellation);
        Console.WriteLine($"\n{text}");
        return 0;
    }

    private static async Task<double> SweepAsync(FieldMedicHost host, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var diagnosis = await host.Medic.DiagnoseAsync(cancellation);
        var ms = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return diagnosis.Snapshot.Probes.FirstOrDefault(p => p.Failure is not null) is { } failed ? throw new InvalidOperationException($"{failed.Probe}: {failed.Failure}") : ms;
    }

    private static async Task<double> ManyAsync(int count, string[] arguments)
    {
        var sum = 0d;
        for (var i = 0; i < count; i++)
        {
            sum += await TimeAsync(arguments);
        }

        return sum;
    }

    private static async Task<double> TimeAsync(string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("ssh", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : throw new InvalidOperationException($"ssh: {await error}");
    }
}
