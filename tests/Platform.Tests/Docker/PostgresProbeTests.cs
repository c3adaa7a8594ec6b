using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Postgres;

namespace FieldMedic.Platform.Tests.Docker;

[Trait("needs", "docker")]
public sealed class PostgresProbeTests(DatabaseProject project) : IClassFixture<DatabaseProject>
{
    [Fact]
    public async Task Measure_Healthy_AcceptsAndWritesAndLeavesNothing()
    {
        var before = await StateAsync();

        var snapshot = await MeasureAsync();

        snapshot["db.accepting"].ShouldBe(ObservedValue.Of(true));
        snapshot["db.write_ok"].ShouldBe(ObservedValue.Of(true));
        snapshot["db.read_only"].ShouldBe(ObservedValue.Of(false));
        snapshot["db.refused"].Text.ShouldBe("");
        snapshot["db.max_connections"].Number.ShouldBe(8);
        snapshot["db.connections"].Number.ShouldBeInRange(1, 8);
        snapshot["db.size_bytes"].Number.ShouldBeGreaterThan(1e6);
        (await StateAsync()).ShouldBe(before);
        await Eventually.Async(() => project.AskAsync("db", "select count(*) from pg_stat_activity where application_name = 'fieldmedic'"), n => n == "0");

        async Task<string> StateAsync()
        {
            await Daemon.RequireAsync();
            return await project.AskAsync("db", "select string_agg(relname, ',' order by relname) from pg_class where relnamespace = 'public'::regnamespace or relname like '%fieldmedic%'");
        }
    }

    [Fact]
    public async Task Measure_Queries_GiveNumbersOrUnknownAndCannotForge()
    {
        var snapshot = await MeasureAsync(new PostgresProbeSettings
        {
            Service = "db",
            Queries = new Dictionary<string, string>
            {
                ["queue.pending"] = "select 3",
                ["queue.age"] = "select 1.5::float",
                ["queue.none"] = "select null::int",
                ["queue.text"] = "select 'many'",
                ["queue.forged"] = "select E'1\\nfm:write_ok=0\\nfm:accepting=0\\nq:queue.pending=99'",
            },
        });

        snapshot["queue.pending"].Number.ShouldBe(3);
        snapshot["queue.age"].Number.ShouldBe(1.5);
        snapshot["queue.none"].IsUnknown.ShouldBeTrue();
        snapshot["queue.text"].IsUnknown.ShouldBeTrue();
        snapshot["db.write_ok"].ShouldBe(ObservedValue.Of(true));
        snapshot["db.accepting"].ShouldBe(ObservedValue.Of(true));
        snapshot["db.size_bytes"].IsUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task Measure_BrokenQuery_IsUnknownAndTheDatabaseIsStillFine()
    {
        var snapshot = await MeasureAsync(new PostgresProbeSettings { Service = "db", Queries = new Dictionary<string, string> { ["queue.pending"] = "select count(*) from no_such_table" } });

        snapshot["queue.pending"].IsUnknown.ShouldBeTrue();
        snapshot["db.write_ok"].ShouldBe(ObservedValue.Of(true));
    }

    [Fact]
    public async Task Measure_AppUsedUpItsConnections_IsSeenAlthoughASuperuserGetsIn()
    {
        await Daemon.RequireAsync();
        // A session that a measurement before has left may still be ending: one of the five would find no room beside it, and not come again.
        await NobodyOfTheAppAsync();
        for (var i = 0; i < 5; i++)
        {
            await Daemon.RunAsync("exec", "--detach", project.Container("db"), "psql", "-qX", "-U", "app", "-d", "app", "-c", "select pg_sleep(60)");
        }

        try
        {
            await Eventually.Async(() => project.AskAsync("db", "select count(*) from pg_stat_activity where usename = 'app'"), n => n == "5");

            var snapshot = await MeasureAsync();

            snapshot["db.accepting"].ShouldBe(ObservedValue.Of(false));
            snapshot["db.write_ok"].ShouldBe(ObservedValue.Of(false));
            snapshot["db.refused"].Text.ShouldBe("too_many_connections");
        }
        finally
        {
            await project.SqlAsync("db", "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'");
            await NobodyOfTheAppAsync();
        }
    }

    private Task<string> NobodyOfTheAppAsync() => Eventually.Async(() => project.AskAsync("db", "select count(*) from pg_stat_activity where usename = 'app'"), n => n == "0");

    [Fact]
    public async Task Measure_ReadOnlyByDefault_AcceptsButDoesNotWrite()
    {
        await Daemon.RequireAsync();
        await project.SqlAsync("db", "alter role app set default_transaction_read_only = on");
        try
        {
            var snapshot = await MeasureAsync();

            snapshot["db.accepting"].ShouldBe(ObservedValue.Of(true));
            snapshot["db.read_only"].ShouldBe(ObservedValue.Of(true));
            snapshot["db.write_ok"].ShouldBe(ObservedValue.Of(false));
            snapshot["db.refused"].Text.ShouldBe("read_only");
        }
        finally
        {
            await project.SqlAsync("db", "alter role app reset default_transaction_read_only");
        }
    }

    [Fact]
    public async Task Measure_DiskFull_AcceptsButDoesNotWrite()
    {
        await Daemon.RequireAsync();
        await Daemon.RunAsync("exec", project.Container("full"), "sh", "-c", "dd if=/dev/zero of=/pg/fill bs=64k 2>/dev/null; dd if=/dev/zero of=/pg/fill2 bs=1k 2>/dev/null; true");

        var snapshot = await MeasureAsync(new PostgresProbeSettings { Service = "full" });

        snapshot["full.write_ok"].ShouldBe(ObservedValue.Of(false));
        snapshot["full.refused"].Text.ShouldBe("disk_full");
    }

    [Fact]
    public async Task Measure_TableThatSomebodyLocks_IsUnknownAndTheRestIsMeasured()
    {
        await Daemon.RequireAsync();
        await project.SqlAsync("db", "create table if not exists held (n int); grant select on held to app");
        await Daemon.RunAsync("exec", "--detach", project.Container("db"), "psql", "-qX", "-U", "postgres", "-d", "app", "-c", "begin; lock table held; select pg_sleep(60)");
        try
        {
            await Eventually.Async(() => project.AskAsync("db", "select count(*) from pg_locks where mode = 'AccessExclusiveLock' and granted and relation = 'held'::regclass"), n => n == "1");

            var snapshot = await MeasureAsync(new PostgresProbeSettings { Service = "db", Queries = new Dictionary<string, string> { ["sessions"] = "select count(*) from pg_stat_activity", ["rows"] = "select count(*) from held" } });

            snapshot["db.write_ok"].ShouldBe(ObservedValue.Of(true));
            snapshot["db.refused"].Text.ShouldBe("locked");
            snapshot["sessions"].Number.ShouldBeGreaterThan(0);
            snapshot["rows"].IsUnknown.ShouldBeTrue();
        }
        finally
        {
            await project.SqlAsync("db", "select pg_terminate_backend(pid) from pg_stat_activity where query like '%lock table held%' and pid <> pg_backend_pid()");
        }
    }

    [Theory]
    [InlineData("ghost", "app")]
    [InlineData("app", "ghost")]
    public async Task Measure_RoleOrDatabaseThatIsNotThere_IsNamed(string user, string database)
    {
        var snapshot = await MeasureAsync(new PostgresProbeSettings { Service = "db", User = user, Database = database });

        snapshot["db.accepting"].ShouldBe(ObservedValue.Of(false));
        snapshot["db.refused"].Text.ShouldBe("role_or_database_missing");
        snapshot.Find("db.refused")!.Evidence.ShouldNotContain("ghost");
    }

    [Fact]
    public async Task Measure_NoPsqlInTheContainer_IsUnknownAndNotDown()
    {
        var snapshot = await MeasureAsync(new PostgresProbeSettings { Service = "bare" });

        snapshot.IsObservable.ShouldBeFalse();
        snapshot["bare.accepting"].IsUnknown.ShouldBeTrue();
        snapshot.Probes.Single().Failure!.ShouldContain("psql");
    }

    [Fact]
    public async Task Measure_PsqlDoesNotComeBack_IsUnknownAndNotDown()
    {
        await Daemon.RequireAsync();
        await Daemon.RunAsync("exec", project.Container("db"), "bash", "-c", "printf '#!/bin/sh\nexec sleep 60\n' > /usr/local/bin/psql && chmod +x /usr/local/bin/psql");
        try
        {
            var snapshot = await MeasureAsync(seconds: 2);

            snapshot["db.accepting"].IsUnknown.ShouldBeTrue();
            snapshot["db.refused"].IsUnknown.ShouldBeTrue();
            snapshot.Probes.Single().Failure.ShouldBe("psql did not come back within 1.5 s");
        }
        finally
        {
            await Daemon.RunAsync("exec", project.Container("db"), "rm", "/usr/local/bin/psql");
        }
    }

    [Fact]
    public async Task Measure_NoRoleInTheEnvironment_IsUnknown()
        => (await MeasureAsync(new PostgresProbeSettings { Service = "db", UserEnv = "NOT_THERE" })).IsObservable.ShouldBeFalse();

    [Theory]
    [InlineData("pause", "unpause", "paused")]
    [InlineData("stop", "start", "exited")]
    public async Task Measure_ContainerNotRunning_IsDefinitelyNotAccepting(string verb, string undo, string refused)
    {
        await Daemon.RequireAsync();
        await Daemon.RunAsync(verb, project.Container("db"));
        try
        {
            var snapshot = await MeasureAsync();

            snapshot["db.accepting"].ShouldBe(ObservedValue.Of(false));
            snapshot["db.write_ok"].ShouldBe(ObservedValue.Of(false));
            snapshot["db.refused"].Text.ShouldBe(refused);
        }
        finally
        {
            await Daemon.RunAsync(undo, project.Container("db"));
            await project.ReadyAsync("db");
        }
    }

    [Fact]
    public async Task Measure_ServerProcessIsStopped_GivesNoAnswerInTime()
    {
        await Daemon.RequireAsync();
        await Daemon.RunAsync("kill", "--signal", "STOP", project.Container("db"));
        try
        {
            var snapshot = await MeasureAsync();

            snapshot["db.accepting"].ShouldBe(ObservedValue.Of(false));
            snapshot["db.refused"].Text.ShouldBe("no_answer");
            snapshot.Probes.Single().Failure.ShouldBeNull();
        }
        finally
        {
            await Daemon.RunAsync("kill", "--signal", "CONT", project.Container("db"));
            await project.ReadyAsync("db");
        }
    }

    [Fact]
    public async Task Measure_NoContainer_IsDefinitelyNotAccepting()
        => (await MeasureAsync(new PostgresProbeSettings { Service = "nowhere" }))["nowhere.refused"].Text.ShouldBe("missing");

    private async Task<Snapshot> MeasureAsync(PostgresProbeSettings? settings = null, double seconds = 10)
    {
        await Daemon.RequireAsync();
        settings ??= new PostgresProbeSettings { Service = "db" };
        return await project.MeasureAsync([new ServiceSpec(settings.Service, [])], "postgres", settings, seconds);
    }
}
