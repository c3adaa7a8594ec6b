using FieldMedic.Incidents;

namespace FieldMedic.Packs.Tests;

/// <summary>What the shipped pack makes of states of the system, as its probes would report them.</summary>
public sealed class QFieldCloudProblemsTests
{
    private static readonly ProblemCatalogue Catalogue = new(ShippedPack.QFieldCloud);

    [Fact]
    public void Judge_Healthy_FindsAndDoubtsNothing()
    {
        var judgement = Catalogue.Judge(Snapshot());

        judgement.Findings.ShouldBeEmpty();
        judgement.Undecided.ShouldBeEmpty();
        ConditionEvaluator.All(ShippedPack.QFieldCloud.Healthy, Snapshot()).ShouldBe(Truth.True);
    }

    [Theory]
    [InlineData("worker_down/worker_wrapper", "worker_wrapper.running=0 worker_wrapper.exited=2 queue.pending=5 queue.ready=5")]
    [InlineData("worker_down/worker_wrapper", "worker_wrapper.running=1 worker_wrapper.exited=1")]
    [InlineData("worker_down/worker_wrapper", "worker_wrapper.running=1 worker_wrapper.missing=1")]
    [InlineData("database_down/db", "db.running=0 db.exited=1 db.accepting=no db.write_ok=no db.refused='exited' worker_wrapper.restarting=2 worker_wrapper.running=0 queue.ready=? queue.dead=? queue.ready_age=? user_path.ok=no")]
    [InlineData("database_down/db", "db.running=0 db.paused=1 db.accepting=no db.write_ok=no db.refused='paused'")]
    [InlineData("database_silent/db", "db.accepting=no db.write_ok=no db.refused='no_answer'")]
    [InlineData("database_starting/db", "db.accepting=no db.write_ok=no db.refused='starting'")]
    [InlineData("database_down/db", "db.running=0 db.missing=1 db.accepting=no db.write_ok=no db.refused='missing'")]
    [InlineData("database_connections/db", "db.accepting=no db.write_ok=no db.refused='too_many_connections'")]
    [InlineData("database_refuses/db", "db.accepting=no db.write_ok=no db.refused='authentication'")]
    [InlineData("database_read_only/db", "db.read_only=yes db.write_ok=no")]
    [InlineData("service_down/nginx", "nginx.running=0 nginx.exited=1 user_path.ok=no")]
    [InlineData("service_down/app", "app.running=0 app.missing=1 user_path.ok=no nginx.restarting=1 nginx.running=0")]
    [InlineData("service_down/memcached", "memcached.running=0 memcached.exited=1 memcached.ok=no")]
    [InlineData("service_down/minio", "minio.running=0 minio.paused=1")]
    [InlineData("service_unhealthy/minio", "minio.running=0 minio.unhealthy=1")]
    [InlineData("crash_loop/worker_wrapper", "worker_wrapper.restarts=7 worker_wrapper.uptime_seconds=2")]
    [InlineData("flapping/app", "app.restarts=5 app.uptime_seconds=40")]
    [InlineData("one_shot_failed/createbuckets", "createbuckets.failed=1")]
    [InlineData("stale_upstream/nginx", "user_path.ok=no user_path.status=502")]
    [InlineData("database_empty/db", "db.tables=0 worker_wrapper.restarts=9 worker_wrapper.uptime_seconds=1 worker_wrapper.running=0 worker_wrapper.restarting=2")]
    [InlineData("database_out_of_reach/app", "app_direct.database_refused=yes app_direct.database='credentials'")]
    [InlineData("database_out_of_reach/app", "app_direct.database_refused=yes app_direct.database='refused' app_direct.ok=no user_path.ok=no user_path.status=504")]
    [InlineData("wrong_upstream/nginx", "user_path.ok=no user_path.status=502 upstream.reachable=no")]
    [InlineData("user_path_down", "user_path.ok=no user_path.status=0")]
    [InlineData("app_silent/app", "user_path.ok=no user_path.status=504 app_direct.ok=no")]
    [InlineData("storage_refuses", "storage_app.ok=no storage_app.error='credentials' storage_worker.ok=no storage_worker.error='credentials'")]
    [InlineData("storage_refuses", "storage_worker.ok=no storage_worker.error='unreachable'")]
    [InlineData("storage_silent/minio", "storage_app.ok=no storage_app.error='silent' storage_worker.ok=no storage_worker.error='silent'")]
    [InlineData("storage_silent/minio", "storage_app.ok=no storage_app.error='no_answer' storage_worker.ok=no storage_worker.error='no_answer' storage_waiting.connections=6")]
    [InlineData("storage_silent/minio", "storage_app.ok=no storage_app.error='silent' storage_worker.ok=no storage_worker.error='no_answer'")]
    [InlineData("storage_refuses", "storage_app.ok=no storage_app.error='no_answer' storage_worker.ok=no storage_worker.error='no_answer'")]
    [InlineData("storage_refuses", "storage_app.ok=no storage_app.error='no_answer' storage_worker.ok=no storage_worker.error='no_answer' storage_waiting.connections=?")]
    [InlineData("service_down/minio", "minio.running=0 minio.exited=1 storage_app.ok=no storage_app.error='unreachable' storage_worker.ok=no storage_worker.error='unreachable'")]
    [InlineData("ssl_expired/nginx", "user_path.ok=no certificate.expired=yes certificate.days_left=-3")]
    [InlineData("ssl_unserved/nginx", "certificate.renewed_unserved=yes certificate.days_left=2")]
    [InlineData("ssl_untrusted/nginx", "user_path.ok=no certificate.name_ok=no")]
    [InlineData("stuck_queue", "queue.dead=1")]
    [InlineData("clock_skew", "queue.dead=9 queue.clock_skew_seconds=172800")]
    [InlineData("scheduler_down/ofelia", "ofelia.running=0 ofelia.exited=1 queue.dead=1 cron.age=900")]
    [InlineData("scheduler_silent/ofelia", "cron.age=400 queue.dead=1")]
    [InlineData("service_down/app", "app.running=0 app.exited=1 user_path.ok=no cron.age=400 queue.dead=1")]
    [InlineData("worker_down/worker_wrapper", "worker_wrapper.running=1 worker_wrapper.exited=1 queue.dead=1")]
    [InlineData("missing_image", "job_images.missing=1")]
    [InlineData("image_unprotected", "job_images.unheld=1")]
    [InlineData("queue_stalled", "queue.ready=4 queue.ready_age=1200 queue.running=2 queue.quiet=400")]
    [InlineData("queue_stalled", "queue.ready=4 queue.ready_age=1200 queue.quiet=86400 queue.held=1")]
    [InlineData("workers_idle/worker_wrapper", "queue.ready=4 queue.ready_age=1200 queue.quiet=86400")]
    [InlineData("worker_down/worker_wrapper", "worker_wrapper.running=0 worker_wrapper.paused=2 queue.ready=4 queue.ready_age=1200 queue.quiet=86400")]
    [InlineData("crash_loop/worker_wrapper", "worker_wrapper.restarts=7 worker_wrapper.uptime_seconds=2 queue.ready=4 queue.ready_age=1200 queue.quiet=86400")]
    [InlineData("image_skewed", "job_images.skewed=1 job_images.unheld=1 queue.failing=2")]
    [InlineData("database_name_shared/app", "app_direct.database_addresses=2")]
    [InlineData("database_name_shared/app", "app_direct.database_addresses=2 app_direct.database_refused=yes app_direct.database='refused'")]
    [InlineData("shared_memory_full/db", "db.shared_memory_used_percent=100")]
    [InlineData("disk_space", "host.disk_used_percent=93")]
    [InlineData("disk_space", "db.disk_used_percent=92")]
    [InlineData("disk_space", "host.inodes_used_percent=99")]
    [InlineData("cut_off/db", "db.cut_off=1 worker_wrapper.running=0 worker_wrapper.restarting=2 user_path.ok=no user_path.status=502 app_direct.ok=no")]
    [InlineData("cut_off/worker_wrapper", "worker_wrapper.cut_off=2 worker_wrapper.running=0 worker_wrapper.restarting=2 worker_wrapper.restarts=9 worker_wrapper.uptime_seconds=3")]
    [InlineData("cut_off/app", "app.cut_off=1 user_path.ok=no user_path.status=502 nginx.restarting=1 nginx.running=0 nginx.log_emerg=0")]
    [InlineData("cut_off/minio", "minio.cut_off=1 storage_app.ok=no storage_app.error='unreachable' storage_worker.ok=no storage_worker.error='unreachable'")]
    [InlineData("memory_limit/worker_wrapper", "worker_wrapper.oom_recent=2 worker_wrapper.oom_kills=4")]
    [InlineData("memory_limit/worker_wrapper", "worker_wrapper.oom_killed=1 worker_wrapper.exited=1 worker_wrapper.running=1")]
    [InlineData("memory_limit/app", "app.oom_recent=3 app.restarts=5 app.uptime_seconds=2 app.running=0 app.restarting=1 user_path.ok=no app_direct.ok=no")]
    [InlineData("database_memory/db", "db.oom_killed=1 db.exited=1 db.running=0 db.accepting=no db.write_ok=no db.refused='exited'")]
    [InlineData("worker_no_docker/worker_wrapper", "worker_wrapper.log_no_docker=4 worker_wrapper.restarts=6 worker_wrapper.restarting=2 worker_wrapper.running=0")]
    [InlineData("worker_no_docker/worker_wrapper", "worker_wrapper.log_no_docker=4 worker_wrapper.restarts=6 worker_wrapper.uptime_seconds=2 queue.ready=3 queue.ready_age=900")]
    [InlineData("nginx_configuration/nginx", "nginx.log_emerg=3 nginx.restarting=1 nginx.running=0 nginx.restarts=7 user_path.ok=no")]
    [InlineData("nginx_configuration/nginx", "nginx.log_emerg=1 nginx.exited=1 nginx.running=0 user_path.ok=no")]
    [InlineData("settings_missing/app", "app.log_settings=3 app.restarting=1 app.running=0 app.restarts=7 user_path.ok=no app_direct.ok=no")]
    [InlineData("csrf/app", "app.log_csrf=5")]
    [InlineData("performance", "db.connections_percent=94")]
    [InlineData("performance", "locks.waiting=2")]
    [InlineData("performance", "user_path.ms=4200")]
    [InlineData("performance", "worker_wrapper.cpu_throttled_percent=80")]
    [InlineData("worker_down/worker_wrapper", "worker_wrapper.running=0 worker_wrapper.exited=2 user_path.ms=4200")]
    [InlineData("memory_short", "host.memory_used_percent=97")]
    public void Judge_Fault_NamesTheRoot(string root, string state)
        => Catalogue.Roots(Catalogue.Judge(Snapshot(state)).Findings).Select(f => f.Key).ShouldBe([root]);

    [Theory]
    [InlineData("service_down/minio", "storage_down")]
    [InlineData("crash_loop/worker_wrapper", "worker_down")]
    [InlineData("crash_loop/nginx", "service_down")]
    [InlineData("service_down/nginx", null)]
    [InlineData("database_connections/db", "database_down")]
    [InlineData("database_silent/db", "database_down")]
    [InlineData("database_starting/db", "database_down")]
    [InlineData("one_shot_failed/createbuckets", "storage_down")]
    [InlineData("cut_off/db", "database_down")]
    [InlineData("cut_off/nginx", "service_down")]
    [InlineData("memory_limit/worker_wrapper", null)]
    [InlineData("settings_missing/worker_wrapper", "configuration")]
    [InlineData("storage_silent/minio", "storage_down")]
    [InlineData("cut_off/worker_wrapper", "worker_down")]
    [InlineData("worker_no_docker/worker_wrapper", "worker_down")]
    [InlineData("database_memory/db", "memory_limit")]
    [InlineData("nginx_configuration/nginx", "configuration")]
    public void Kind_OfAProblem_IsItsCatalogueEntry(string key, string? kind) => Catalogue.Find(key)!.Kind.ShouldBe(kind);

    [Theory]
    [InlineData("storage_refuses")]
    [InlineData("database_refuses/db")]
    [InlineData("clock_skew")]
    [InlineData("worker_no_docker/worker_wrapper")]
    [InlineData("nginx_configuration/nginx")]
    [InlineData("settings_missing/app")]
    [InlineData("csrf/app")]
    [InlineData("performance")]
    [InlineData("database_read_only/db")]
    [InlineData("image_skewed")]
    [InlineData("database_name_shared/app")]
    [InlineData("shared_memory_full/db")]
    [InlineData("queue_stalled")]
    public void Remedies_OfWhatNeedsAPerson_AreNone(string key) => Catalogue.Find(key)!.Remedies.ShouldBeEmpty();

    /// <summary>A line in a log is evidence; alone, while all runs, it is no problem.</summary>
    [Theory]
    [InlineData("nginx.log_emerg=3")]
    [InlineData("app.log_settings=3 worker_wrapper.log_settings=1")]
    [InlineData("worker_wrapper.log_no_docker=5")]
    [InlineData("app.log_csrf=2")]
    [InlineData("worker_wrapper.oom_kills=4")]
    // A long queue that moves, as after workers were away; a new build of the job image, which jobs like.
    [InlineData("queue.ready=40 queue.ready_age=90000 queue.running=2 queue.quiet=3")]
    [InlineData("queue.ready=4 queue.ready_age=1200 queue.quiet=3")]
    [InlineData("job_images.skewed=1 job_images.unheld=1")]
    [InlineData("queue.failing=5")]
    [InlineData("app.restarts=5 app.uptime_seconds=90")]
    public void Judge_OldTraces_FindsNothing(string state) => Catalogue.Judge(Snapshot(state)).Findings.ShouldBeEmpty();

    [Fact]
    public void Judge_OneShotExitedCleanly_IsHealthy()
        => Catalogue.Judge(Snapshot("qgis.exited=1 createbuckets.exited=1")).Findings.ShouldBeEmpty();

    [Fact]
    public void Proof_WorkersRunButNothingMoves_IsNotGiven()
    {
        var proof = Catalogue.Find("worker_down/worker_wrapper")!.Proof;
        var before = Snapshot("queue.ready=5 queue.finished=10");

        ConditionEvaluator.All(proof, Snapshot("queue.ready=5 queue.finished=10"), before).ShouldBe(Truth.False);
        ConditionEvaluator.All(proof, Snapshot("queue.ready=2 queue.finished=13"), before).ShouldBe(Truth.True);
        ConditionEvaluator.All(proof, Snapshot("queue.ready=0 queue.finished=10"), before).ShouldBe(Truth.True);
        ConditionEvaluator.All(proof, Snapshot("queue.ready=? queue.finished=?"), before).ShouldBe(Truth.Unknown);
    }

    private static Snapshot Snapshot(string changes = "")
    {
        var pack = ShippedPack.QFieldCloud;
        var values = pack.Probes.SelectMany(p => p.Settings.Observes(p.Name, pack.Services)).Distinct().ToDictionary(n => n, _ => ObservedValue.Of(0));
        foreach (var service in pack.Services.Values.Where(s => s is { OneShot: false, Optional: false }))
        {
            var count = service.Name == "worker_wrapper" ? 2 : 1;
            values[$"{service.Name}.running"] = values[$"{service.Name}.desired"] = ObservedValue.Of(count);
            values[$"{service.Name}.uptime_seconds"] = ObservedValue.Of(3600);
        }

        foreach (var flag in new[] { "user_path.ok", "db.accepting", "db.write_ok", "memcached.ok", "app_direct.ok", "upstream.reachable", "certificate.chain_ok", "certificate.name_ok", "storage_app.ok", "storage_worker.ok" })
        {
            values[flag] = ObservedValue.Of(true);
        }

        values["db.read_only"] = ObservedValue.Of(false);
        foreach (var flag in new[] { "certificate.expired", "certificate.not_yet_valid", "certificate.renewed_unserved", "app_direct.database_refused" })
        {
            values[flag] = ObservedValue.Of(false);
        }

        values["app_direct.database"] = ObservedValue.Of("reached");
        values["db.tables"] = ObservedValue.Of(40);
        values["db.existing"] = values["app_direct.database_addresses"] = ObservedValue.Of(1);
        values["certificate.days_left"] = ObservedValue.Of(60);
        values["db.refused"] = values["db.top_client"] = values["storage_app.error"] = values["storage_worker.error"] = ObservedValue.Of("");
        values["storage_waiting.connections"] = ObservedValue.Of(0);
        foreach (var change in changes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (change.Split('=')[0], change.Split('=')[1]);
            values.ShouldContainKey(name);
            values[name] = value switch
            {
                "?" => ObservedValue.Unknown("not measured"),
                "yes" or "no" => ObservedValue.Of(value == "yes"),
                _ when value[0] == '\'' => ObservedValue.Of(value.Trim('\'')),
                _ => ObservedValue.Of(double.Parse(value, System.Globalization.CultureInfo.InvariantCulture)),
            };
        }

        return new Snapshot(DateTimeOffset.UnixEpoch, [.. values.Select(v => new Observation(v.Key, v.Value, DateTimeOffset.UnixEpoch))], []);
    }
}
