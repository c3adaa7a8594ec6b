using FieldMedic.Scenarios.Tests.Harness;

namespace FieldMedic.Scenarios.Tests;

/// <summary>Rows that nothing will ever move are ended; everything else in the queue is somebody's work.</summary>
[Collection(SharedPatient.Name)]
[Trait("needs", "docker")]
public sealed class StuckQueueTests(Patient patient)
{
    private const string Blocked = "00000000-0000-0000-0000-000000000001";
    private const string Locked = "00000000-0000-0000-0000-000000000003";

    /// <summary>Jobs that must come out as they went in, with every byte and every version.</summary>
    private const string Untouched = "select coalesce(string_agg(xmin || core_job::text, ';' order by id), '') from core_job where project_id <> '" + Blocked + "'";

    [Fact]
    public async Task Support_OrphanedRowBlocksOneProject_FailsThatRowAndNothingElse()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        var orphan = await patient.SqlAsync($"insert into core_job (type, status, created_at, project_id) values ('package', 'queued', now() - interval '2 days', '{Blocked}') returning id");
        var behind = await patient.SqlAsync($"insert into core_job (type, status, project_id) values ('package', 'pending', '{Blocked}') returning id");
        await patient.SqlAsync($"update core_project set locked_at = now() where id = '{Locked}'");
        await patient.SqlAsync($"insert into core_job (type, status, created_at, project_id) values ('package', 'pending', now() - interval '3 days', '{Locked}'), ('package', 'finished', now() - interval '3 days', '00000000-0000-0000-0000-000000000004')");
        var (rows, deltas) = (await patient.SqlAsync(Untouched), await patient.SqlAsync("select count(*) || md5(string_agg(core_delta::text, ';' order by id)) from core_delta"));
        var issue = desk.Issue("My job is stuck in queued since two days", "The project does not package any more, others do.");
        await using var docker = DockerWatch.Start(patient);

        var rehearsal = await desk.SupportAsync(issue, "--dry-run");
        rehearsal.Plan.ShouldBe([$"fail_dead_jobs {orphan}"]);
        desk.ShouldHaveChangedNothing(issue, rehearsal, await docker.DeedsAsync());

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeClosedAsResolved(issue, run);
        run.Findings.ShouldBe(["stuck_queue"]);
        run.Actions.ShouldBe([$"fail_dead_jobs {orphan}"]);
        (await docker.DeedsAsync()).ShouldBeEmpty();
        (await patient.SqlAsync(Untouched)).ShouldBe(rows);
        (await patient.SqlAsync("select count(*) || md5(string_agg(core_delta::text, ';' order by id)) from core_delta")).ShouldBe(deltas);
        (await patient.SqlAsync($"select status from core_job where id = '{orphan}'")).ShouldBe("failed");
        (await patient.SqlAsync($"select status from core_job where id = '{behind}'")).ShouldBe("finished");
        desk.Comment(issue).ShouldContain(orphan);
    }

    [Fact]
    public async Task Support_SchedulerStoppedWithADeadJob_StartsItAndItsCronEndsTheJob()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        await patient.HurtAsync("stop", patient.Container("ofelia"));
        var orphan = await patient.SqlAsync($"insert into core_job (type, status, created_at, started_at, project_id) values ('package', 'started', now() - interval '3 hours', now() - interval '3 hours', '{Blocked}') returning id");
        var issue = desk.Issue("Jobs hang in started for hours");
        await using var docker = DockerWatch.Start(patient);

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeClosedAsResolved(issue, run);
        run.Findings[0].ShouldBe("scheduler_down");
        (await docker.DeedsAsync()).ShouldBe(["start ofelia-1"]);
        (await patient.SqlAsync($"select status from core_job where id = '{orphan}'")).ShouldBe("failed");
    }

    [Fact]
    public async Task Support_OnlyALockedProjectWaits_TouchesNothing()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        await patient.SqlAsync($"update core_project set locked_at = now() where id = '{Locked}'");
        await patient.SqlAsync($"insert into core_job (type, status, created_at, project_id) values ('package', 'pending', now() - interval '3 days', '{Locked}')");
        var rows = await patient.SqlAsync(Untouched);
        var issue = desk.Issue("Job stuck in pending since days");

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeLeftOpen(issue, run, 2, "needs-manual-review");
        run.Actions.ShouldBeEmpty();
        (await patient.SqlAsync(Untouched)).ShouldBe(rows);
    }
}
