using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GitHubSimulator;

namespace FieldMedic.Bench.Intake;

/// <summary>
/// How fast webhooks are taken in: <c>fieldmedic serve</c>, which answers when a delivery is on the disk, beside minimal Probot apps
/// that store nothing, or each delivery before they answer. One after the other in each round.
/// </summary>
internal static class IntakeBench
{
    public const string Secret = "a secret of the benchmark";
    public const string Us = "fieldmedic-bench";
    private const string Token = "bench";
    private const int Rounds = 5;
    private const int Deliveries = 4000;
    private const int AtOnce = 32;
    private const string Pack = """
        system: tiny
        title: Tiny system
        services:
          door: {}
        probes:
          door: { command: { argv: [cat, state.json] }, required: true, timeout: 3s }
        healthy: [ door.open == true ]
        problems:
          door_shut:
            service: door
            title: The door is shut
            when: [ door.open == false ]
            explains: [ outage ]
            next_step: Open it.
        complaints:
          outage: { symptoms: [ "door shut" ] }
        """;

    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("fieldmedic-intake-").FullName;
        await using var gitHub = await SimulatorHost.StartAsync(new SimulatorOptions { BotLogin = Us }, cancellation);
        var sender = await AccountAsync(gitHub.Url, cancellation);
        var load = await LoadAsync(cancellation);
        List<Contender> contenders = [];
        try
        {
            contenders.Add(await OursAsync(folder, gitHub.Url, cancellation));
            contenders.Add(await ProbotAsync("Probot that stores nothing", "its handler returned", "nothing", null, cancellation));
            contenders.Add(await ProbotAsync("Probot that stores the same row", "its transaction is durable (SQLite, the same table and settings)", "row", Path.Combine(folder, "row.db"), cancellation));
            contenders.Add(await ProbotAsync("Probot that stores the body", "its transaction is durable (SQLite, the payload as text)", "body", Path.Combine(folder, "body.db"), cancellation));
            contenders.Add(await ProbotAsync("Probot that appends to a file, no database", "its line is on the disk (fdatasync, shared by those who wait)", "append", Path.Combine(folder, "probot.jsonl"), cancellation));
            for (var round = 0; round <= Rounds; round++)
            {
                Console.Write($"\rround {round} of {Rounds} …");
                foreach (var contender in contenders)
                {
                    await contender.LoadAsync(Deliveries, AtOnce, sender, keep: round > 0, cancellation);
                    await IdleAsync(contenders[0], cancellation);
                }
            }

            foreach (var contender in contenders)
            {
                await contender.CheckAsync(cancellation);
            }
        }
        finally
        {
            contenders.ForEach(c => c.Dispose());
            Directory.Delete(folder, recursive: true);
        }

        var text = await TableAsync(contenders, load, cancellation);
        await ResultsFile.WriteAsync("Webhook intake", text, cancellation);
        Console.WriteLine($"\r{text}");
        return contenders.Exists(c => c.Refused > 0) ? 1 : 0;
    }

    /// <summary>
    /// The number of the account that ours acts as. What we do ourselves is stored like everything else, and needs nothing more than a
    /// note when it is handled: so intake is measured, and not how fast the stand-in answers.
    /// </summary>
    private static async Task<long> AccountAsync(Uri gitHub, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = gitHub };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        http.DefaultRequestHeaders.UserAgent.ParseAdd("fieldmedic-bench");
        using var user = JsonDocument.Parse(await http.GetStringAsync("user", cancellation));
        return user.RootElement.GetProperty("id").GetInt64();
    }

    /// <summary>Ours goes on handling what it took in; that must not slow down whose turn is next.</summary>
    private static async Task IdleAsync(Contender ours, CancellationToken cancellation)
    {
        while (await ours.CountAsync("SELECT count(*) FROM deliveries WHERE finished_at IS NULL", cancellation) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
        }
    }

    private static async Task<string> TableAsync(List<Contender> contenders, string load, CancellationToken cancellation)
    {
        using var node = Start("node", ["--version"], ".", []);
        var version = await FirstLineAsync(node, cancellation);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores shared with the sender, .NET {Environment.Version}, node {version}, load 1 min {load} at the start. {Rounds} rounds of {Deliveries} signed `issues.opened` deliveries of 12 kB, all different, over {AtOnce} kept-alive connections; each server in turn in each round, after one round to warm up. The sender is the same for all: requests rendered beforehand, written to plain sockets. Probot is one process in production mode with its log off, its handler as small as it can be. Ours handles the deliveries meanwhile (of its own account, so it only notes them as done); what is left of that is waited for before the next server's turn. At the end every row is counted: what was acknowledged is stored. Made by `bench/run intake`.

            | server | answers when | requests/s, median of the rounds (min to max) | p99 ms, median of the rounds | its processor time, µs a request | not 2xx | ours is |
            |---|---|---|---|---|---|---|
            """);
        var ours = contenders[0].Rate.Median;
        foreach (var c in contenders)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {c.Name} | {c.Promise} | {c.Rate.Median:0} ({c.Rate.Min:0} to {c.Rate.Max:0}) | {c.P99.Median:0.0} | {c.Processor.Median:0} | {c.Refused} | {ours / c.Rate.Median:0.00} × |");
        }

        return text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Goals: at least 1.0 × a Probot that stores nothing, {Goal(1, contenders[1])}; at least 3 × one that does the same durable insert for each delivery, {Goal(3, contenders[2])}.").ToString();

        string Goal(double atLeast, Contender other) => ours / other.Rate.Median >= atLeast ? "met" : "not met";
    }

    private static async Task<string> LoadAsync(CancellationToken cancellation) => (await File.ReadAllTextAsync("/proc/loadavg", cancellation)).Split(' ')[0];

    private static async Task<Contender> OursAsync(string folder, Uri gitHub, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "pack.yaml"), Pack, cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "state.json"), """{"open":true}""", cancellation);
        var binary = Environment.GetEnvironmentVariable("BENCH_BINARY") ?? Path.Combine(AppContext.BaseDirectory, "fieldmedic");
        var process = Start(binary, ["serve", "--listen", "http://127.0.0.1:0"], folder, new()
        {
            ["FIELDMEDIC_PACK"] = Path.Combine(folder, "pack.yaml"),
            ["FIELDMEDIC_STORE"] = Path.Combine(folder, "journal.db"),
            ["FIELDMEDIC_WEBHOOK_SECRET"] = Secret,
            ["GITHUB_API_URL"] = gitHub.ToString(),
            ["GITHUB_REPOSITORY"] = "acme/maps",
            ["GITHUB_TOKEN"] = Token,
        });
        var line = await FirstLineAsync(process, cancellation);
        var url = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(' ')[0].TrimEnd('.'));
        return new Contender("`fieldmedic serve`", "the delivery is durable (SQLite, group commit)", process, url, Path.Combine(folder, "journal.inbox.db"));
    }

    private static async Task<Contender> ProbotAsync(string name, string promise, string keep, string? file, CancellationToken cancellation)
    {
        using var key = RSA.Create(2048);
        var script = Path.GetFullPath("bench/Intake/probot/server.mjs");
        var process = Start("node", file is null ? [script, keep] : [script, keep, file], Path.GetDirectoryName(script)!, new()
        {
            ["NODE_ENV"] = "production",
            ["BENCH_SECRET"] = Secret,
            ["BENCH_PRIVATE_KEY"] = key.ExportRSAPrivateKeyPem(),
        });
        var port = await FirstLineAsync(process, cancellation);
        return new Contender(name, promise, process, new Uri($"http://127.0.0.1:{port}/webhooks/github"), file);
    }

    private static Process Start(string program, IEnumerable<string> arguments, string folder, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
    }

    private static async Task<string> FirstLineAsync(Process process, CancellationToken cancellation)
    {
        var line = await process.StandardOutput.ReadLineAsync(cancellation);
        if (line is null)
        {
            throw new InvalidOperationException($"{process.StartInfo.FileName} ended: {await process.StandardError.ReadToEndAsync(cancellation)}");
        }

        // Nobody reads what else it says, but the pipes must not fill up.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return line;
    }
}
