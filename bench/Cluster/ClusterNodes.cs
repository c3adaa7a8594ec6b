using System.Diagnostics;
using System.Globalization;
using FieldMedic.Testing;
using GitHubSimulator;
using GitHubSimulator.Webhooks;

namespace FieldMedic.Bench.Cluster;

/// <summary>Some nodes of one cluster, on a schema and a Redis database of their own, that care for a door which is open or shut.</summary>
internal sealed class ClusterNodes(RunningSimulator gitHub, PostgresServer postgres, RedisServer redis, int number) : IAsyncDisposable
{
    private const string Secret = "a secret of the webhook";
    private const string Repository = "bench/cluster";

    private const string Pack = """
        system: door
        title: A door
        policy: { window: 500ms, settle_budget: 5s, poll_every: 100ms, cooldown: 0s, attempts: 100000, watch: 0s, watch_every: 2s }
        services: { door: {} }
        probes:
          door: { command: { argv: [cat, state.json] }, required: true, timeout: 5s }
        healthy: [ door.open == true ]
        problems:
          door_shut: { service: door, title: The door is shut, when: [ door.open == false ], explains: [ outage ], remedies: [ open ], show: [ door.open ] }
        remedies:
          open: { command: { argv: [sh, open.sh], target: door }, budget: 2s }
        complaints:
          outage: { symptoms: [ "door stuck" ] }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("fieldmedic-cluster-").FullName;
    private readonly List<(Process Process, Uri Url)> _nodes = [];

    private string Schema => string.Create(CultureInfo.InvariantCulture, $"cluster_{number}");

    /// <summary>How often the door was opened.</summary>
    public int Effects => File.Exists(Path.Combine(_folder, "effects.log")) ? File.ReadAllLines(Path.Combine(_folder, "effects.log")).Length : 0;

    public async Task StartAsync(int count, CancellationToken cancellation)
    {
        await WriteAsync("pack.yaml", Pack, cancellation);
        await WriteAsync("open.json", """{"open":true}""", cancellation);
        await WriteAsync("state.json", """{"open":true}""", cancellation);
        await WriteAsync("open.sh", "echo opened >> effects.log\ncp open.json state.json\n", cancellation);
        for (var i = 0; i < count; i++)
        {
            var process = Start();
            var line = await process.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException("A node did not come up.");
            // Read on, so that it never waits for us.
            _ = process.StandardOutput.ReadToEndAsync(cancellation);
            _ = process.StandardError.ReadToEndAsync(cancellation);
            _nodes.Add((process, new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].TrimEnd('.').Split(' ')[0].TrimEnd('.'))));
        }
    }

    /// <summary>Shuts the door, and as many people complain at once, their webhooks going to another node each round; what a killed one had not taken yet is found by polling.</summary>
    public async Task ComplainAsync(int round, int issues, CancellationToken cancellation)
    {
        await WriteAsync("state.json", """{"open":false}""", cancellation);
        var alive = _nodes.Where(n => !n.Process.HasExited).ToList();
        gitHub.Webhooks.Target(new WebhookTarget(alive[round % alive.Count].Url, () => Secret));
        for (var i = 0; i < issues; i++)
        {
            gitHub.Store.OpenIssue(Repository, "ada", "The door is stuck", "");
        }
    }

    /// <summary>Waits until every delivery of those issues is finished and no incident is under way.</summary>
    public Task SettledAsync(int issues, CancellationToken cancellation) => UntilAsync(
        async () => await SqlAsync("SELECT (SELECT count(*) FROM deliveries WHERE kind = 'IssueOpened' AND finished_at IS NOT NULL) || '/' || (SELECT count(*) FROM incidents WHERE lifecycle = 'Active')")
            == string.Create(CultureInfo.InvariantCulture, $"{issues}/0"),
        cancellation);

    /// <summary>Kills the node that holds the system, and gives how long nobody else went on with it.</summary>
    public async Task<TimeSpan> KillDriverAsync(CancellationToken cancellation)
    {
        Process? driver = null;
        await UntilAsync(
            async () =>
            {
                var held = await SqlAsync("SELECT pid FROM leases WHERE expires_at > clock_timestamp()");
                driver = _nodes.Select(n => n.Process).FirstOrDefault(p => !p.HasExited && p.Id.ToString(CultureInfo.InvariantCulture) == held);
                return driver is not null;
            },
            cancellation);
        driver!.Kill();
        await driver.WaitForExitAsync(cancellation);
        // By one clock: the machine is the database's, too.
        var from = TimeProvider.System.GetUtcNow();
        var next = "";
        await UntilAsync(
            async () => (next = await SqlAsync($"SELECT round(extract(epoch FROM min(at) - '{from:O}') * 1000) FROM events WHERE at > '{from:O}' AND type <> 'issue_attached'")).Length > 0,
            cancellation);
        return TimeSpan.FromMilliseconds(double.Parse(next, CultureInfo.InvariantCulture));
    }

    /// <summary>How many incidents there were.</summary>
    public async Task<int> IncidentsAsync() => int.Parse(await SqlAsync("SELECT count(*) FROM incidents"), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        foreach (var (process, _) in _nodes)
        {
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync();
            }

            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static async Task UntilAsync(Func<Task<bool>> isThere, CancellationToken cancellation)
    {
        while (!await isThere())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
        }
    }

    private Task<string> SqlAsync(string sql) => postgres.SqlAsync($"SET search_path TO {Schema}; {sql}", PostgresServer.Database);

    private Task WriteAsync(string name, string text, CancellationToken cancellation) => File.WriteAllTextAsync(Path.Combine(_folder, name), text, cancellation);

    private Process Start()
    {
        var binary = Environment.GetEnvironmentVariable("BENCH_BINARY") ?? Path.Combine(AppContext.BaseDirectory, "fieldmedic");
        var start = new ProcessStartInfo(binary, ["serve", "--listen", "http://127.0.0.1:0", "--poll", "1s"]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[]
        {
            ("GITHUB_API_URL", gitHub.Url.ToString()), ("GITHUB_REPOSITORY", Repository), ("GITHUB_TOKEN", "ghp_0123456789abcdefABCDEF0123456789abcd"),
            ("FIELDMEDIC_PACK", _folder), ("FIELDMEDIC_STORE", $"{postgres.Address};Search Path={Schema}"), ("FIELDMEDIC_STORE_PASSWORD", PostgresServer.Password),
            ("FIELDMEDIC_CLUSTER", $"{redis.Address}/{number}"), ("FIELDMEDIC_WEBHOOK_SECRET", Secret),
        })
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
