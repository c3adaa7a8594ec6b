using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using FieldMedic.Bench.Patient;
using FieldMedic.Testing;
using GitHubSimulator;

namespace FieldMedic.Bench.Cluster;

/// <summary>One, two and three nodes under a load of complaints; then three with thousands of incidents in flight, of which some die and one stands still.</summary>
internal static class ClusterBench
{
    private const string Window = "6s";
    private const int Measured = 3;

    // A node works on 32 issues at once: several times as many, that wait rather than compute, show what a further node adds on one machine.
    private const string LongWindow = "10s";
    private const int More = 2;

    public static Command Build()
    {
        var systems = new Option<int>("--systems") { Description = "How many systems are under care.", DefaultValueFactory = _ => 96 };
        var rounds = new Option<int>("--rounds") { Description = "How many complaints there are of each in the run with losses; its incidents are watched until the end. 0: throughput alone, shown and not written.", DefaultValueFactory = _ => 25 };
        var command = new Command("cluster", "Nodes of a cluster on loopback: throughput with 1, 2 and 3, and losses. Run by bench/run cluster.") { systems, rounds };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(systems), parsed.GetValue(rounds), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int systems, int rounds, CancellationToken cancellation)
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var redis = await RedisServer.StartAsync();
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, .NET {Environment.Version}, load 1 min {load} at the start. Systems whose doors are shut and complained of, one of each in each round; a repair is a process. {More * systems} systems and a window of {LongWindow} for the throughput, {systems} and {Window} for the losses. The nodes, PostgreSQL, Redis and the stand-in for GitHub share the machine. Made by `bench/run cluster`.");
        text.AppendLine().AppendLine("| nodes | incidents | incidents a second: median of the rounds | min | max |").AppendLine("|---|---|---|---|---|");
        for (var nodes = 1; nodes <= 3; nodes++)
        {
            var rate = await ThroughputAsync(postgres, redis, nodes, More * systems, cancellation);
            text.AppendLine(CultureInfo.InvariantCulture, $"| {nodes} | {More * systems * Measured} | {rate.Median:0.0} | {rate.Min:0.0} | {rate.Max:0.0} |");
        }

        text.AppendLine();
        var isGood = true;
        if (rounds > 0)
        {
            isGood = await LossesAsync(postgres, redis, systems, rounds, text, cancellation);
            await ResultsFile.WriteAsync("Cluster", text.ToString(), cancellation);
        }

        Console.WriteLine($"\r{text}");
        return isGood ? 0 : 1;
    }

    private static async Task<Figures> ThroughputAsync(PostgresServer postgres, RedisServer redis, int nodes, int systems, CancellationToken cancellation)
    {
        await using var gitHub = await SimulatorHost.StartAsync(new SimulatorOptions { RateLimit = 1_000_000 }, cancellation);
        await using var cluster = new ClusterNodes(gitHub, postgres, redis, nodes, systems, Measured);
        await cluster.BuildAsync(LongWindow, "2s", "0s", cancellation);
        for (var i = 0; i < nodes; i++)
        {
            await cluster.StartAsync(cancellation);
        }

        var rate = new Figures("incidents/s");
        for (var round = 0; round < Measured; round++)
        {
            var from = Stopwatch.GetTimestamp();
            await cluster.ComplainAsync(round, cancellation);
            await cluster.SettledAsync(round + 1, cancellation);
            rate.Add(systems / Stopwatch.GetElapsedTime(from).TotalSeconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{nodes} nodes: round {round + 1} of {Measured}, {Stopwatch.GetElapsedTime(from).TotalSeconds:0.0} s"));
        }

        return rate;
    }

    private static async Task<bool> LossesAsync(PostgresServer postgres, RedisServer redis, int systems, int rounds, StringBuilder text, CancellationToken cancellation)
    {
        await using var gitHub = await SimulatorHost.StartAsync(new SimulatorOptions { RateLimit = 1_000_000 }, cancellation);
        await using var cluster = new ClusterNodes(gitHub, postgres, redis, 4, systems, rounds);
        await cluster.BuildAsync(Window, "1s", "7m", cancellation);
        for (var i = 0; i < 3; i++)
        {
            await cluster.StartAsync(cancellation);
        }

        var isGood = true;
        var frozen = new List<Process>();
        text.AppendLine("| lost | in flight | systems it was working on | until another went on: median | max |").AppendLine("|---|---|---|---|---|");
        for (var round = 0; round < rounds; round++)
        {
            await cluster.ComplainAsync(round, cancellation);
            // Late, so that what is watched from the rounds before is in flight, too.
            var (name, most, lose) = (rounds - round) switch
            {
                4 => ("kill -9 of one of three", 5, Kill),
                3 => ("kill -9 of one of the two left", 5, Kill),
                2 => ("SIGSTOP of one of three (two had been started again)", 15, Freeze),
                _ => ("", 0, (Action<Process>?)null),
            };
            if (lose is not null)
            {
                var inFlight = await cluster.CountAsync("SELECT count(*) FROM incidents WHERE lifecycle <> 'Over'");
                var waits = (await cluster.LoseAsync(lose, cancellation)).Select(w => w.TotalSeconds).Order().ToList();
                isGood &= waits[^1] <= most;
                text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {inFlight} | {waits.Count} | {waits[waits.Count / 2]:0.0} s | {waits[^1]:0.0} s |");
            }

            await cluster.SettledAsync(round + 1, cancellation);
            Console.WriteLine($"losses: round {round + 1} of {rounds} {name}");
            if (rounds - round == 3)
            {
                await cluster.StartAsync(cancellation);
                await cluster.StartAsync(cancellation);
            }

            frozen.ForEach(p => Signal(p, "CONT"));
            frozen.Clear();
        }

        await cluster.OverAsync(cancellation);
        var (incidents, wrong) = (await cluster.CountAsync("SELECT count(*) FROM incidents WHERE lifecycle = 'Over'"), cluster.Wrong(rounds));
        wrong.ForEach(Console.WriteLine);
        isGood &= incidents == systems * rounds && cluster.Effects == systems * rounds && wrong.Count == 0;
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{systems * rounds} faults: {incidents} incidents, all over; {cluster.Effects} repairs; {wrong.Count} issues not closed or with more than one comment. The node that stood still was woken when all was mended.");
        return isGood;

        static void Kill(Process process)
        {
            process.Kill();
            process.WaitForExit();
        }

        void Freeze(Process process)
        {
            Signal(process, "STOP");
            frozen.Add(process);
        }
    }

    private static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
