using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Postgres;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Tests.Docker;

/// <summary>Which rows are ended, and above all which never are.</summary>
[Trait("needs", "docker")]
public sealed class FailRowsActionTests(DatabaseProject project) : IClassFixture<DatabaseProject>, IAsyncLifetime
{
    private const string Dead = "aaaaaaaa-0000-4000-8000-00000000dead";
    private const string Other = "bbbbbbbb-0000-4000-8000-00000000dead";

    public async ValueTask InitializeAsync()
    {
        if (await Daemon.IsThereAsync())
        {
            await project.SqlAsync("db", $"""
                drop table if exists job;
                create table job (id text primary key, status text, created_at timestamptz default now(), started_at timestamptz, container_id text default '', note text);
                alter table job owner to app;
                insert into job (id, status, created_at) values ('{Dead}', 'queued', now() - interval '2 days'), ('fresh', 'queued', now()),
                  ('waits', 'pending', now() - interval '9 days'), ('ended', 'failed', now() - interval '9 days');
                """);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var container in await Daemon.IsThereAsync() ? (await Daemon.RunAsync("ps", "-aq", "--filter", $"label=fmtest-job={project.Name}")).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [])
        {
            await Daemon.RunAsync("rm", "--force", container);
        }
    }

    [Fact]
    public async Task Execute_DeadRow_EndsThatOneAndTouchesNoOther()
    {
        await Daemon.RequireAsync();
        using var connected = Open();
        var before = await OthersAsync();

        var targets = await ResolveAsync(connected);
        var result = await ExecuteAsync(connected, Dead);

        targets.Targets.ShouldBe([Dead]);
        result.ShouldBe(new ActionResult(true, $"{Dead} was dead for 48 h and is ended; no other row was touched"));
        (await project.AskAsync("db", $"select status || ' ' || note from job where id = '{Dead}'")).ShouldBe("failed ended");
        (await OthersAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Measure_DeadAndWorkedOn_AreTwoThings()
    {
        await Daemon.RequireAsync();
        await project.SqlAsync("db", $"insert into job (id, status, created_at) values ('{Other}', 'queued', now() - interval '3 days')");
        await WorkOnAsync(Other);

        var snapshot = await Connected.MeasureAsync(Pack());

        (snapshot["rows.dead"].Number, snapshot["rows.worked_on"].Number).ShouldBe((1, 1));
        snapshot["rows.dead_ids"].Text.ShouldBe(Dead);
        snapshot["rows.oldest_dead_age"].Number.ShouldBeInRange(172_800, 172_900);
        snapshot["rows.clock_skew_seconds"].Number.ShouldBe(0);
    }

    [Fact]
    public async Task Resolve_ContainerNamedByTheRowIsAlive_IsNoTarget()
    {
        await Daemon.RequireAsync();
        var container = await WorkOnAsync("somebody-else");
        await project.SqlAsync("db", $"update job set container_id = '{container}' where id = '{Dead}'");
        using var connected = Open();

        (await ResolveAsync(connected)).Unavailable.ShouldBe("containers still work on all 1 of them");
        await Daemon.RunAsync("kill", container);
        (await ResolveAsync(connected)).Targets.ShouldBe([Dead]);
    }

    [Theory]
    [InlineData("update job set started_at = now(), status = 'started' where id = '{0}'")]
    [InlineData("update job set status = 'finished' where id = '{0}'")]
    [InlineData("update job set status = status where id = '{0}'")]
    [InlineData("delete from job where id = '{0}'")]
    public async Task Execute_RowMovedSinceThePlan_IsLeftAlone(string sql)
    {
        await Daemon.RequireAsync();
        using var connected = Open();
        await ResolveAsync(connected);
        await project.SqlAsync("db", string.Format(null, sql, Dead));
        var before = await AllAsync();

        var result = await ExecuteAsync(connected, Dead);

        result.ShouldBe(new ActionResult(false, $"{Dead} has moved by itself, or something works on it; nothing was done"));
        (await AllAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Execute_ContainerCameSinceThePlan_RowIsLeftAlone()
    {
        await Daemon.RequireAsync();
        using var connected = Open();
        await ResolveAsync(connected);
        await WorkOnAsync(Dead);
        var before = await AllAsync();

        (await ExecuteAsync(connected, Dead)).Succeeded.ShouldBeFalse();
        (await AllAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("fresh")]
    [InlineData("waits")]
    [InlineData("ended")]
    [InlineData("no-such-row")]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("' or true or id = '")]
    [InlineData(Dead + " -c fieldmedic.id=waits")]
    public async Task Execute_TargetThatIsNoDeadRow_DoesNothing(string target)
    {
        await Daemon.RequireAsync();
        using var connected = Open();
        var before = await AllAsync();

        (await ExecuteAsync(connected, target)).ShouldBe(new ActionResult(false, $"{target} is not dead; nothing was done"));
        (await AllAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Resolve_IdThatIsNoId_TrustsNothing()
    {
        await Daemon.RequireAsync();
        await project.SqlAsync("db", "insert into job (id, status, created_at) values ('x -c role=postgres', 'queued', now() - interval '2 days')");
        using var connected = Open();

        (await Should.ThrowAsync<IOException>(() => ResolveAsync(connected))).Message.ShouldBe("a row is not as it should be");
    }

    [Fact]
    public async Task Resolve_MoreThanMost_IsForAPerson()
    {
        await Daemon.RequireAsync();
        await project.SqlAsync("db", "insert into job (id, status, created_at) select 'many-' || n, 'queued', now() - interval '1 day' from generate_series(1, 20) n");
        using var connected = Open();

        (await ResolveAsync(connected)).Unavailable.ShouldBe("21 rows would be ended; more than 20 are for a person");
    }

    [Theory]
    [InlineData(90)]
    [InlineData(-90)]
    public async Task Execute_ClocksDiffer_RefusesToJudgeByAge(int seconds)
    {
        await Daemon.RequireAsync();
        using var wrong = PlatformConnection.Open(Pack(), new ShiftedTime(TimeSpan.FromSeconds(seconds)));
        var before = await AllAsync();

        // The two clocks are read one after the other, so the difference is off by as long as the question takes.
        const string said = @"^the clocks differ by (8\d|9\d) s, so no age can be trusted";
        (await wrong.System.Actions["end"].ResolveAsync(Snapshot.Empty, null, Token)).Unavailable.ShouldNotBeNull().ShouldMatch(said + "$");
        (await wrong.System.Actions["end"].ExecuteAsync(Planned(Dead), Token)).Detail.ShouldMatch(said + "; nothing was done$");
        (await AllAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("id", "'waits'")]
    [InlineData("note = 'x' where true --", "'y'")]
    public async Task Execute_AssignmentThatIsNoColumn_DoesNothing(string column, string value)
    {
        await Daemon.RequireAsync();
        using var connected = Open(new Dictionary<string, string> { [column] = value });
        var before = await AllAsync();

        await Should.ThrowAsync<IOException>(() => ExecuteAsync(connected, Dead));
        (await AllAsync()).ShouldBe(before);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static PlannedAction Planned(string target) => new("end", "postgres.fail_rows", null, target, "medium", TimeSpan.FromSeconds(30));

    private static Task<ActionTargets> ResolveAsync(Connected connected) => connected.Action("end").ResolveAsync(Snapshot.Empty, null, Token);

    private static Task<ActionResult> ExecuteAsync(Connected connected, string target) => connected.Action("end").ExecuteAsync(Planned(target), Token);

    private Task<string> OthersAsync() => project.AskAsync("db", $"select md5(string_agg(xmin || job::text, ',' order by id)) from job where id <> '{Dead}'");

    private Task<string> AllAsync() => project.AskAsync("db", "select md5(string_agg(xmin || job::text, ',' order by id)) from job");

    private async Task<string> WorkOnAsync(string id)
        => await Daemon.RunAsync("run", "--detach", "--label", $"fmtest-job={project.Name}", "--label", $"job_id={id}", "--network", "none", await Daemon.ImageAsync(), "sleep", "120");

    private Connected Open(IReadOnlyDictionary<string, string>? set = null) => new(Pack(set));

    private Pack Pack(IReadOnlyDictionary<string, string>? set = null)
    {
        var rows = new DeadRowsSettings
        {
            Service = "db",
            Table = "job",
            Dead = "status = 'queued' and started_at is null and created_at < now() - interval '10 minutes'",
            Age = "extract(epoch from now() - created_at)",
            ContainerColumn = "container_id",
            ContainerLabel = "job_id",
        };
        var end = new FailRowsSettings { Rows = "rows", Unmoved = TimeSpan.FromMilliseconds(300), Set = set ?? new Dictionary<string, string> { ["status"] = "'failed'", ["note"] = "'ended'" } };
        return project.Pack([new ServiceSpec("db", [])], Connected.Probe("rows", "postgres.dead_rows", rows)) with
        {
            Remedies = new Dictionary<string, RemedySpec> { ["end"] = new() { Id = "end", Kind = "postgres.fail_rows", Settings = end } },
        };
    }
}
