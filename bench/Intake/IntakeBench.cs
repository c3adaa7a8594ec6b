using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FieldMedic.Bench.Patient;
using GitHubSimulator;

namespace FieldMedic.Bench.Intake;

/// <summary>
/// How fast webhooks are taken in: <c>fieldmedic serve</c>, which answers when a delivery is on the disk, beside a minimal Probot app that
/// stores nothing and one that appends each delivery to a file and waits for the disk. One after the other in each round.
/// </summary>
internal static class IntakeBench
{
    private const int Rounds = 5;
    private const int Deliveries = 2000;
    private const int AtOnce = 32;
    private const int BodySize = 12 * 1024;

    // Bytes of a delivery in the inbox; one is about 600.
    private const int LeastStored = 100;
    private const string Secret = "a secret of the benchmark";
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

    private static int _issue;
    private static int _delivery;

    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("fieldmedic-intake-").FullName;
        await using var gitHub = await SimulatorHost.StartAsync(new SimulatorOptions(), cancellation);
        List<Contender> contenders = [];
        try
        {
            contenders.Add(await OursAsync(folder, gitHub.Url, cancellation));
            contenders.Add(await ProbotAsync("Probot that stores nothing", null, cancellation));
            contenders.Add(await ProbotAsync("Probot that appends to a file and waits for the disk", Path.Combine(folder, "probot.jsonl"), cancellation));
            foreach (var contender in contenders)
            {
                await contender.LoadAsync(Deliveries, keep: false, cancellation);
            }

            for (var round = 1; round <= Rounds; round++)
            {
                Console.Write($"\rround {round} of {Rounds} …");
                foreach (var contender in contenders)
                {
                    await contender.LoadAsync(Deliveries, keep: true, cancellation);
                }
            }

            if (new DirectoryInfo(folder).GetFiles("journal.inbox.db*").Sum(f => f.Length) < LeastStored * Rounds * Deliveries)
            {
                throw new InvalidOperationException("The inbox is too small to hold the deliveries: they were answered and not stored, so nothing was measured.");
            }
        }
        finally
        {
            contenders.ForEach(c => c.Dispose());
            Directory.Delete(folder, recursive: true);
        }

        var text = Table(contenders);
        await ResultsFile.WriteAsync("Webhook intake", text, cancellation);
        Console.WriteLine($"\r{text}");
        return contenders.Exists(c => c.Refused > 0) ? 1 : 0;
    }

    private static string Table(List<Contender> contenders)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores shared with the sender. {Rounds} rounds of {Deliveries} signed `issues.opened` deliveries of {BodySize / 1024} kB, {AtOnce} at once, each server in turn in each round after one round to warm up. Ours stores and handles the deliveries meanwhile (of its own account, so it only notes them as done). Made by `bench/run intake`.").AppendLine();
        text.AppendLine("| server | answers when | requests/s, median of the rounds (min to max) | p99 ms, median of the rounds | not 2xx | ours is |").AppendLine("|---|---|---|---|---|---|");
        var ours = contenders[0].Rate.Median;
        foreach (var c in contenders)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {c.Name} | {c.Promise} | {c.Rate.Median:0} ({c.Rate.Min:0} to {c.Rate.Max:0}) | {c.P99.Median:0.0} | {c.Refused} | {ours / c.Rate.Median:0.00} × |");
        }

        return text.ToString();
    }

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
            // What we do ourselves is stored like everything else, and needs nothing more than a note when it is handled.
            ["FIELDMEDIC_GITHUB_LOGIN"] = "fieldmedic-bench",
            ["GITHUB_API_URL"] = gitHub.ToString(),
            ["GITHUB_REPOSITORY"] = "acme/maps",
            ["GITHUB_TOKEN"] = "bench",
        });
        var line = await FirstLineAsync(process, cancellation);
        var url = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(' ')[0].TrimEnd('.'));
        return new Contender("`fieldmedic serve`", "the delivery is durable (SQLite, group commit)", process, url);
    }

    private static async Task<Contender> ProbotAsync(string name, string? file, CancellationToken cancellation)
    {
        using var key = RSA.Create(2048);
        var script = Path.GetFullPath("bench/Intake/probot/server.mjs");
        var process = Start("node", file is null ? [script] : [script, file], Path.GetDirectoryName(script)!, new()
        {
            ["NODE_ENV"] = "production",
            ["BENCH_SECRET"] = Secret,
            ["BENCH_PRIVATE_KEY"] = key.ExportRSAPrivateKeyPem(),
        });
        var port = await FirstLineAsync(process, cancellation);
        return new Contender(name, file is null ? "its handler returned" : "its line is on the disk (fdatasync)", process, new Uri($"http://127.0.0.1:{port}/webhooks/github"));
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

    /// <summary>One server and what was measured of it.</summary>
    private sealed class Contender(string name, string promise, Process process, Uri url) : IDisposable
    {
        private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = AtOnce });

        public string Name => name;

        public string Promise => promise;

        public Figures Rate { get; } = new("requests/s");

        public Figures P99 { get; } = new("p99");

        public int Refused { get; private set; }

        public async Task LoadAsync(int count, bool keep, CancellationToken cancellation)
        {
            var bodies = Enumerable.Range(0, count).Select(_ => Body(Interlocked.Increment(ref _issue))).ToList();
            var next = -1;
            var refused = 0;
            var times = new double[count];
            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
            {
                for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
                {
                    var sent = Stopwatch.GetTimestamp();
                    using var request = Request(bodies[i]);
                    using var response = await _http.SendAsync(request, cancellation);
                    times[i] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
                    if (!response.IsSuccessStatusCode)
                    {
                        Interlocked.Increment(ref refused);
                    }
                }
            }));
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Refused += refused;
            if (keep)
            {
                Array.Sort(times);
                Rate.Add(count / seconds);
                P99.Add(times[(int)(count * 0.99)]);
            }
        }

        public void Dispose()
        {
            _http.Dispose();
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        private HttpRequestMessage Request((byte[] Body, string Signature) signed)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(signed.Body) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Add("X-GitHub-Event", "issues");
            request.Headers.Add("X-GitHub-Delivery", string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{Interlocked.Increment(ref _delivery):x12}"));
            request.Headers.Add("X-Hub-Signature-256", signed.Signature);
            request.Headers.Add("User-Agent", "GitHub-Hookshot/bench");
            return request;
        }

        private static (byte[] Body, string Signature) Body(int issue)
        {
            var head = $$"""{"action":"opened","issue":{"number":{{issue}},"title":"Sync stuck at 50 %","state":"open","created_at":"2026-01-15T12:00:00Z","updated_at":"2026-01-15T12:00:00Z","user":{"login":"fieldmedic-bench","id":7,"type":"User"},"labels":[],"body":" """;
            const string tail = """ "},"repository":{"id":1,"name":"maps","full_name":"acme/maps","owner":{"login":"acme","id":2,"type":"Organization"}},"sender":{"login":"fieldmedic-bench","id":7,"type":"User"},"installation":{"id":70}}""";
            var body = Encoding.UTF8.GetBytes(head + new string('x', BodySize - head.Length - tail.Length) + tail);
            return (body, $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body))}");
        }
    }
}
