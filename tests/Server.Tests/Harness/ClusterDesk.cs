using System.Diagnostics;
using System.Globalization;
using FieldMedic.Cli.Tests;
using FieldMedic.Cli.Tests.Store;
using FieldMedic.Testing;

namespace FieldMedic.Server.Tests.Harness;

/// <summary>A desk whose servers are nodes of one cluster, on one PostgreSQL schema and one Redis database.</summary>
internal sealed class ClusterDesk : IAsyncDisposable
{
    private readonly PostgresServer _postgres;
    private readonly List<ServeProcess> _nodes = [];

    private ClusterDesk(Desk desk, PostgresServer postgres) => (Desk, _postgres) = (desk, postgres);

    public Desk Desk { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Store => Desk.Environment["FIELDMEDIC_STORE"]!;

    public static async Task<ClusterDesk> OpenAsync(PostgresFixture postgres, RedisFixture redis, string window = "1s")
    {
        var address = redis.NextDatabase();
        var desk = await postgres.DeskAsync(window);
        desk.Environment["FIELDMEDIC_CLUSTER"] = address;
        var cluster = new ClusterDesk(desk, postgres.Server);
        cluster.Change("policy: {", "policy: { watch_every: 1s,");
        return cluster;
    }

    /// <summary>The system is measured only while the gate is open; a measurement says what was there when it began.</summary>
    public void PutGate()
    {
        Desk.Write("pack/look.sh", """
            state=$(cat state.json)
            echo $PPID >> looking
            while [ -e gate ]; do sleep 0.05; done
            echo "$state"
            """);
        Desk.Write("pack/gate", "");
        Change("argv: [cat, state.json] }, required: true, timeout: 3s", "argv: [sh, look.sh] }, required: true, timeout: 90s");
    }

    public void OpenGate() => File.Delete(Path.Combine(Desk.Pack, "gate"));

    /// <param name="port">Where this node reaches the database; null directly.</param>
    public async Task<ServeProcess> StartAsync(int? port = null)
    {
        var direct = Store;
        if (port is { } other)
        {
            Desk.Environment["FIELDMEDIC_STORE"] = direct.Replace($"Port={_postgres.Port}", $"Port={other}", StringComparison.Ordinal);
        }

        var node = await ServeProcess.StartAsync(Desk);
        Desk.Environment["FIELDMEDIC_STORE"] = direct;
        _nodes.Add(node);
        return node;
    }

    /// <summary>Waits until a node measures the system, and gives it.</summary>
    public async Task<ServeProcess> LookingAsync()
    {
        var file = Path.Combine(Desk.Pack, "looking");
        ServeProcess? looking = null;
        await UntilAsync(async () =>
        {
            var pid = File.Exists(file) ? (await File.ReadAllLinesAsync(file, Token)).FirstOrDefault() : null;
            looking = _nodes.FirstOrDefault(n => n.Process.Id.ToString(CultureInfo.InvariantCulture) == pid);
            return looking is not null;
        });
        return looking!;
    }

    /// <summary>Waits until a node, another one than those, holds the system, and gives it.</summary>
    public async Task<ServeProcess> DriverAsync(params ServeProcess[] others)
    {
        ServeProcess? driver = null;
        await UntilAsync(async () =>
        {
            var held = await SqlAsync("SELECT pid FROM leases WHERE expires_at > clock_timestamp()");
            driver = _nodes.Except(others).FirstOrDefault(n => n.Process.Id.ToString(CultureInfo.InvariantCulture) == held);
            return driver is not null;
        });
        return driver!;
    }

    public Task<string> SqlAsync(string sql) => _postgres.SqlAsync($"SET search_path TO {Store[(Store.LastIndexOf('=') + 1)..]}; {sql}", PostgresServer.Database);

    /// <summary>Stands still, or goes on.</summary>
    public static async Task FreezeAsync(ServeProcess node, bool isFrozen)
    {
        using var kill = Process.Start("kill", ["-s", isFrozen ? "STOP" : "CONT", node.Process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Token);
    }

    /// <summary>Waits until a node has given up what it was doing, or ended.</summary>
    public static async Task GaveUpAsync(ServeProcess node)
    {
        try
        {
            await node.LineAsync("is tried again in", "could not go on and is looked at again");
        }
        catch (System.Threading.Channels.ChannelClosedException)
        {
            // The others had declared it dead, so it ended when it heard of that.
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (i, node) in _nodes.Index())
        {
            if (!node.Process.HasExited)
            {
                node.Process.Kill();
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"Node {i} said:\n{await node.ErrorAsync()}");
            await node.DisposeAsync();
        }

        await Desk.DisposeAsync();
    }

    private static async Task UntilAsync(Func<Task<bool>> isThere)
    {
        while (!await isThere())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Token);
        }
    }

    private void Change(string from, string to)
    {
        var pack = File.ReadAllText(Path.Combine(Desk.Pack, "pack.yaml"));
        pack.ShouldContain(from);
        Desk.Write("pack/pack.yaml", pack.Replace(from, to, StringComparison.Ordinal));
    }
}
