using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Postgres;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Tests.Docker;

/// <summary>A real PostgreSQL that is out of connections, and the containers that hold them.</summary>
[Trait("needs", "docker")]
public sealed class RestartLeakerTests(EmptyProject project) : IClassFixture<EmptyProject>, IAsyncLifetime
{
    private const string Database = """
        set -e
        export PATH=/usr/lib/postgresql/15/bin:$PATH PGDATA=/pg/data
        run="setpriv --reuid=postgres --regid=postgres --init-groups"
        mkdir -p /pg /run/postgresql; chown postgres /pg /run/postgresql
        $run initdb -N --username=postgres --auth=trust --wal-segsize=1 >/dev/null
        echo 'host all all all trust' >> /pg/data/pg_hba.conf
        $run pg_ctl -o "-c listen_addresses=''" -w start >/dev/null
        psql -qU postgres -c "create role app login" -c "create database app owner app"
        $run pg_ctl -m fast -w stop >/dev/null
        exec $run postgres -c listen_addresses='*' -c max_connections=13 -c superuser_reserved_connections=3 -c max_wal_senders=0
        """;

    private string Network => $"{project.Name}_default";

    public async ValueTask InitializeAsync()
    {
        await Daemon.RequireAsync();
        await Daemon.RunAsync("network", "create", "--label", $"{ComposeLabels.Project}={project.Name}", Network);
        await project.RunAsync("db", ["--network", Network, "--network-alias", "db", "--env", "POSTGRES_USER=app", "--env", "POSTGRES_DB=app"], "bash", "-c", Database);
        await Eventually.Async(SafeAskAsync, seen => seen == "1");
    }

    public async ValueTask DisposeAsync()
    {
        await project.DisposeAsync();
        await Daemon.RunAsync("network", "rm", Network);
    }

    [Fact]
    public async Task Execute_OneClientHoldsThemAll_IsRestartedAndTheDatabaseIsNot()
    {
        await ClientAsync("app", 9);
        await ClientAsync("worker", 1);
        using var connected = Open(["app", "worker"]);
        var full = await Eventually.Async(connected.SweepAsync, s => s["db.refused"].Text == "too_many_connections" && s["db.clients"].Number == 10);
        full["db.top_client"].Text.ShouldBe(project.Container("app"));
        full["db.top_client_connections"].Number.ShouldBe(9);
        full["db.clients"].Number.ShouldBe(10);
        var started = await StartedAsync("db");

        var target = (await ResolveAsync(connected)).Targets.ShouldHaveSingleItem();
        target.ShouldBe(project.Container("app"));
        (await ExecuteAsync(connected, project.Container("worker"))).Succeeded.ShouldBeFalse();
        (await ExecuteAsync(connected, project.Container("db"))).Succeeded.ShouldBeFalse();
        (await ExecuteAsync(connected, target)).ShouldBe(new ActionResult(true, "restarted"));

        (await StartedAsync("db")).ShouldBe(started);
    }

    [Fact]
    public async Task Resolve_WhoMayNotBeRestarted_IsNamedAndLeftAlone()
    {
        await ClientAsync("app", 9);
        using var connected = Open(["worker"]);
        await Eventually.Async(connected.SweepAsync, s => s["db.clients"].Number == 9);

        (await ResolveAsync(connected)).Unavailable.ShouldBe($"{project.Container("app")} holds 9 connections and may not be restarted for that");
        (await ExecuteAsync(connected, project.Container("app"))).Detail.ShouldEndWith("; nothing was done");
    }

    [Fact]
    public async Task Resolve_ManyShareThem_NobodyIsTheLeak()
    {
        await ClientAsync("app", 4);
        await ClientAsync("worker", 5);
        using var connected = Open(["app", "worker"], share: 60);
        await Eventually.Async(connected.SweepAsync, s => s["db.clients"].Number == 9);

        (await ResolveAsync(connected)).Unavailable.ShouldBe($"no single client holds the connections: the most are 56 % by {project.Container("worker")}");
    }

    [Fact]
    public async Task Resolve_Stranger_IsNotTouched()
    {
        var name = $"{project.Name}-stranger";
        await Daemon.RunAsync(["run", "--detach", "--name", name, "--network", Network, "--label", $"{ComposeLabels.Project}={project.Name}", await Daemon.ImageAsync(), .. Hold(9)]);
        using var connected = Open(["app"]);
        await Eventually.Async(connected.SweepAsync, s => s["db.clients"].Number == 9);

        (await ResolveAsync(connected)).Unavailable.ShouldBe("a client outside the project holds 9 connections");
    }

    [Fact]
    public async Task Measure_DatabaseStopped_IsUnknownAndNothingIsPlanned()
    {
        await Daemon.RunAsync("stop", "--time", "1", project.Container("db"));
        using var connected = Open(["app"]);

        (await connected.SweepAsync())["db.clients"].IsUnknown.ShouldBeTrue();
        (await ResolveAsync(connected)).Unavailable.ShouldBe("nobody is connected to the database");
    }

    private static string[] Hold(int connections)
        => ["bash", "-c", $"for i in $(seq {connections}); do (until psql -qAtX -h db -U app -d app -c 'select pg_sleep(3600)'; do sleep 0.2; done) & done; sleep 3600"];

    private Task ClientAsync(string service, int connections) => project.RunAsync(service, ["--network", Network], Hold(connections));

    private Task<string> StartedAsync(string service) => Daemon.RunAsync("inspect", "--format", "{{.State.StartedAt}}", project.Container(service));

    private async Task<string> SafeAskAsync()
    {
        try
        {
            return await Daemon.RunAsync("exec", project.Container("db"), "psql", "-qAtX", "-h", "127.0.0.1", "-U", "app", "-d", "app", "-c", "select 1");
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    private static Task<ActionTargets> ResolveAsync(Connected connected) => connected.Action("leak").ResolveAsync(Snapshot.Empty, "db", TestContext.Current.CancellationToken);

    private static Task<ActionResult> ExecuteAsync(Connected connected, string target)
        => connected.Action("leak").ExecuteAsync(new PlannedAction("leak", "postgres.restart_leaker", "db", target, "medium", TimeSpan.FromSeconds(30)), TestContext.Current.CancellationToken);

    private Connected Open(string[] only, double share = 50) => new(project.Pack(
        new[] { "db", "app", "worker" }.Select(s => new ServiceSpec(s, [])),
        Connected.Probe("database", "postgres", new PostgresProbeSettings { Service = "db" }),
        Connected.Probe("clients", "postgres.clients", new ClientsSettings { Service = "db" })) with
    {
        Remedies = new Dictionary<string, RemedySpec> { ["leak"] = new() { Id = "leak", Kind = "postgres.restart_leaker", Settings = new RestartLeakerSettings { Database = "db", Only = only, Share = share, Grace = TimeSpan.FromSeconds(1) } } },
    });
}
