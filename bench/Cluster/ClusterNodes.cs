using System.Diagnostics;
using System.Globalization;
using System.Text;
using FieldMedic.Testing;
using GitHubSimulator;
using GitHubSimulator.Webhooks;

namespace FieldMedic.Bench.Cluster;

/// <summary>
/// Some nodes of one cluster, on a schema and a Redis database of their own. They care for houses with many doors, any of which may be shut;
/// a shut door is a problem of its own, so that one repair does not hide the next, nor look like the relapse of an earlier one.
/// </summary>
internal sealed class ClusterNodes(RunningSimulator gitHub, PostgresServer postgres, RedisServer redis, int number, int systems, int doors) : IAsyncDisposable
{
    private const string Secret = "a secret of the webhook";
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldmedic-cluster-").FullName;
    private readonly List<(Process Process, Uri Url)> _nodes = [];

    public IEnumerable<Process> Alive => _nodes.Select(n => n.Process).Where(p => !p.HasExited);

    /// <summary>How often a door was opened.</summary>
    public int Effects => Directory.GetFiles(_folder, "effects.log", SearchOption.AllDirectories).Sum(f => File.ReadAllLines(f).Length);

    private string Schema => string.Create(CultureInfo.InvariantCulture, $"cluster_{number}");

    /// <summary>Builds the houses.</summary>
    public async Task BuildAsync(string window, string pollEvery, string watch, CancellationToken cancellation)
    {
        var configuration = new StringBuilder("systems:\n");
        for (var house = 0; house < systems; house++)
        {
            Directory.CreateDirectory(Path.Combine(_folder, House(house)));
            configuration.Append(CultureInfo.InvariantCulture, $"  {House(house)}: {{ pack: {House(house)}, repository: {Repository(house)} }}\n");
            await WriteAsync($"{House(house)}/pack.yaml", Pack(window, pollEvery, watch), cancellation);
            await WriteAsync($"{House(house)}/look.sh", "out=\nfor door in d[0-9]*; do read -r open < \"$door\"; out=\"$out\\\"$door\\\":$open,\"; done\nprintf '{%s\"standing\":true}' \"$out\"\n", cancellation);
            await WriteAsync($"{House(house)}/open.sh", "echo \"$1\" >> effects.log\necho true > \"$1.new\"\nmv \"$1.new\" \"$1\"\n", cancellation);
            for (var door = 0; door < doors; door++)
            {
                await WriteAsync($"{House(house)}/{Door(door)}", "true\n", cancellation);
            }
        }

        await WriteAsync("fieldmedic.yaml", configuration.ToString(), cancellation);
    }

    public async Task StartAsync(CancellationToken cancellation)
    {
        var process = Start();
        var line = await process.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException($"A node did not come up: {await process.StandardError.ReadToEndAsync(cancellation)}");
        // Read on, so that it never waits for us.
        _ = process.StandardOutput.ReadToEndAsync(cancellation);
        _ = process.StandardError.ReadToEndAsync(cancellation);
        _nodes.Add((process, new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(' ')[0].TrimEnd('.'))));
    }

    /// <summary>Shuts one door of each house, and somebody complains of each. The webhooks go to another node each round; what a dead one had not taken is found by polling.</summary>
    public async Task ComplainAsync(int door, CancellationToken cancellation)
    {
        var alive = _nodes.Where(n => !n.Process.HasExited).ToList();
        gitHub.Webhooks.Target(new WebhookTarget(alive[door % alive.Count].Url, () => Secret));
        for (var house = 0; house < systems; house++)
        {
            await WriteAsync($"{House(house)}/{Door(door)}", "false\n", cancellation);
            gitHub.Store.OpenIssue(Repository(house), "ada", "A door is stuck", "");
        }
    }

    /// <summary>Waits until every complaint so far is finished and no incident is active.</summary>
    public Task SettledAsync(int rounds, CancellationToken cancellation) => UntilAsync(
        async () => await SqlAsync("SELECT (SELECT count(*) FROM deliveries WHERE kind = 'IssueOpened' AND finished_at IS NOT NULL) || '/' || (SELECT count(*) FROM incidents WHERE lifecycle = 'Active')")
            == string.Create(CultureInfo.InvariantCulture, $"{systems * rounds}/0"),
        cancellation);

    /// <summary>Waits until no incident is watched any more.</summary>
    public Task OverAsync(CancellationToken cancellation) => UntilAsync(async () => await CountAsync("SELECT count(*) FROM incidents WHERE lifecycle <> 'Over'") == 0, cancellation);

    /// <summary>Does something to the node that works on most, and gives for each system it was working on how long nobody else went on with it.</summary>
    public async Task<List<TimeSpan>> LoseAsync(Action<Process> lose, CancellationToken cancellation)
    {
        const string Working = "SELECT l.system FROM leases l WHERE l.expires_at > clock_timestamp() AND EXISTS (SELECT 1 FROM incidents i WHERE i.system = l.system AND i.lifecycle = 'Active')";
        Process? driver = null;
        await UntilAsync(
            async () =>
            {
                var pid = (await SqlAsync($"SELECT pid FROM leases WHERE system IN ({Working}) GROUP BY pid HAVING count(*) >= {systems / 8} ORDER BY count(*) DESC LIMIT 1")).Trim();
                driver = Alive.FirstOrDefault(p => p.Id.ToString(CultureInfo.InvariantCulture) == pid);
                return driver is not null;
            },
            cancellation);
        var held = (await SqlAsync($"{Working} AND l.pid = {driver!.Id}")).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet();
        lose(driver);
        var from = TimeProvider.System.GetTimestamp();
        var waits = new List<TimeSpan>();
        await UntilAsync(
            async () =>
            {
                var still = (await SqlAsync($"SELECT system FROM leases WHERE pid = {driver.Id}")).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet();
                var taken = held.Where(s => !still.Contains(s)).ToList();
                waits.AddRange(taken.Select(_ => TimeProvider.System.GetElapsedTime(from)));
                held.ExceptWith(taken);
                return held.Count == 0;
            },
            cancellation);
        return waits;
    }

    public async Task<int> CountAsync(string sql) => int.Parse(await SqlAsync(sql), CultureInfo.InvariantCulture);

    /// <summary>Issues that were not closed, or got more than one comment, with both.</summary>
    public List<string> Wrong(int rounds) => [.. from house in Enumerable.Range(0, systems)
                                                 from number in Enumerable.Range(1, rounds)
                                                 let issue = gitHub.Store.GetIssue(Repository(house), number)
                                                 where issue is not { State: "closed", Comments.Count: 1 }
                                                 select $"{Repository(house)}#{number} is {issue.State}: {string.Join(" | ", issue.Comments.Select(c => c.Body))}"];

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

    private static string House(int house) => string.Create(CultureInfo.InvariantCulture, $"house-{house:000}");

    private static string Door(int door) => string.Create(CultureInfo.InvariantCulture, $"d{door:00}");

    private static string Repository(int house) => $"bench/{House(house)}";

    private static async Task UntilAsync(Func<Task<bool>> isThere, CancellationToken cancellation)
    {
        while (!await isThere())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }
    }

    private string Pack(string window, string pollEvery, string watch)
    {
        var text = new StringBuilder($$"""
            system: house
            title: A house
            policy: { window: {{window}}, settle_budget: 30s, poll_every: {{pollEvery}}, cooldown: 0s, attempts: 1000, actions_per_hour: 1000, watch: {{watch}}, watch_every: 10s }
            services: { house: {} }
            probes:
              house: { command: { argv: [sh, look.sh] }, required: true, timeout: 10s }
            healthy: [ house.standing == true ]
            complaints:
              outage: { symptoms: [ "door is stuck" ] }

            """);
        text.Append("problems:\n");
        for (var door = 0; door < doors; door++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Door(door)}_shut: {{ title: Door {Door(door)} is shut, when: [ house.{Door(door)} == false ], explains: [ outage ], remedies: [ open_{Door(door)} ], show: [ house.{Door(door)} ] }}\n");
        }

        text.Append("remedies:\n");
        for (var door = 0; door < doors; door++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  open_{Door(door)}: {{ command: {{ argv: [sh, open.sh, {Door(door)}], target: {Door(door)} }}, budget: 5s }}\n");
        }

        return text.ToString();
    }

    private Task<string> SqlAsync(string sql) => postgres.SqlAsync($"SET search_path TO {Schema}; {sql}", PostgresServer.Database);

    private Task WriteAsync(string name, string text, CancellationToken cancellation) => File.WriteAllTextAsync(Path.Combine(_folder, name), text, cancellation);

    private Process Start()
    {
        var binary = Environment.GetEnvironmentVariable("BENCH_BINARY") ?? Path.Combine(AppContext.BaseDirectory, "fieldmedic");
        var start = new ProcessStartInfo(binary, ["serve", "--listen", "http://127.0.0.1:0", "--poll", "30s"]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[]
        {
            ("GITHUB_API_URL", gitHub.Url.ToString()), ("GITHUB_TOKEN", "ghp_0123456789abcdefABCDEF0123456789abcd"), ("FIELDMEDIC_WEBHOOK_SECRET", Secret),
            ("FIELDMEDIC_STORE", $"{postgres.Address};Search Path={Schema}"), ("FIELDMEDIC_STORE_PASSWORD", PostgresServer.Password), ("FIELDMEDIC_CLUSTER", $"{redis.Address}/{number}"),
        })
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
