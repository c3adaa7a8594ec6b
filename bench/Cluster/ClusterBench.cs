using System.CommandLine;
using System.Globalization;
using System.Text;
using FieldMedic.Testing;
using GitHubSimulator;

namespace FieldMedic.Bench.Cluster;

/// <summary>One, two and three nodes under a load of issues; then three, of which two are killed one after the other.</summary>
internal static class ClusterBench
{
    public static Command Build()
    {
        var issues = new Option<int>("--issues") { Description = "How many issues are opened in each run.", DefaultValueFactory = _ => 2000 };
        var rounds = new Option<int>("--rounds") { Description = "In how many rounds; the door is shut at the beginning of each.", DefaultValueFactory = _ => 20 };
        var command = new Command("cluster", "Nodes of a cluster on loopback: throughput with 1, 2 and 3, and kills. Run by bench/run cluster.") { issues, rounds };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(issues), parsed.GetValue(rounds), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int issues, int rounds, CancellationToken cancellation)
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var redis = await RedisServer.StartAsync();
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}. {issues} issues on one system in {rounds} rounds, each beginning with a door that is shut; three processes, PostgreSQL, Redis and the stand-in for GitHub share one machine. Take-over is from the kill to the next event of the journal. Made by `bench/run cluster`.");
        text.AppendLine().AppendLine("| nodes | killed | issues | issues a second | incidents | repairs needed | repairs done | take-over |").AppendLine("|---|---|---|---|---|---|---|---|");
        var isGood = true;
        foreach (var (number, nodes, kills) in ((int, int, int)[])[(1, 1, 0), (2, 2, 0), (3, 3, 0), (4, 3, 2)])
        {
            await using var gitHub = await SimulatorHost.StartAsync(new SimulatorOptions(), cancellation);
            await using var cluster = new ClusterNodes(gitHub, postgres, redis, number);
            await cluster.StartAsync(nodes, cancellation);
            var from = TimeProvider.System.GetTimestamp();
            var waits = new List<TimeSpan>();
            for (var round = 0; round < rounds; round++)
            {
                await cluster.ComplainAsync(round, issues / rounds, cancellation);
                if (waits.Count < kills)
                {
                    waits.Add(await cluster.KillDriverAsync(cancellation));
                }

                await cluster.SettledAsync(issues / rounds * (round + 1), cancellation);
                Console.Write($"\r{nodes} nodes: round {round + 1} of {rounds} …   ");
            }

            var rate = issues / rounds * rounds / TimeProvider.System.GetElapsedTime(from).TotalSeconds;
            isGood &= cluster.Effects == rounds && waits.TrueForAll(w => w <= TimeSpan.FromSeconds(5));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {nodes} | {kills} | {issues / rounds * rounds} | {rate:0.0} | {await cluster.IncidentsAsync()} | {rounds} | {cluster.Effects} | {string.Join(", ", waits.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.TotalSeconds:0.0} s")))} |");
        }

        await ResultsFile.WriteAsync("Cluster", text.ToString(), cancellation);
        Console.WriteLine($"\r{text}");
        return isGood ? 0 : 1;
    }
}
