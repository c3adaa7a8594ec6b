using FieldMedic.Scenarios.Tests.Harness;

namespace FieldMedic.Scenarios.Tests;

/// <summary>A real fault, the plan, the repair, and nothing but the repair.</summary>
[Collection(SharedPatient.Name)]
[Trait("needs", "docker")]
public sealed class RepairTests(Patient patient)
{
    [Fact]
    public async Task Support_BothWorkersKilledWithJobsWaiting_StartsEachOnceAndClosesWithTheDatabasesNumbers()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        // Long enough for the three jobs to be through when the table is made.
        desk.Environment["FIELDMEDIC_WINDOW"] = "8s";
        var issue = desk.Issue("Sync stuck at 50%", "Since this morning nothing is processed.");
        await patient.KillWorkersAsync();
        await patient.InsertJobsAsync(3);
        await using var docker = DockerWatch.Start(patient);

        var rehearsal = await desk.RunAsync("support", $"#{issue}", "--dry-run");

        rehearsal.ExitCode.ShouldBe(4, rehearsal.ToString());
        rehearsal.Output.ShouldContain(patient.WorkerOne);
        rehearsal.Output.ShouldNotClaimSuccess();
        (await docker.DeedsAsync()).ShouldBeEmpty();

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeClosedAsResolved(issue, run);
        run.Findings.ShouldBe(["worker_down"]);
        (await docker.DeedsAsync()).Order().ShouldBe(["start worker_wrapper-1", "start worker_wrapper-2"]);
        run.Actions.Length.ShouldBe(2);
        (run.Before("queue.pending"), run.Before("worker_wrapper.running")).ShouldBe((3, 0));
        run.After("queue.pending").ShouldBe(await patient.CountAsync("select count(*) from core_job where status = 'pending'"));
        run.After("queue.running").ShouldBe(await patient.CountAsync("select count(*) from core_job where status in ('queued', 'started')"));
        run.After("queue.finished").ShouldBe(await patient.CountAsync("select count(*) from core_job where status = 'finished'"));
        run.After("queue.finished").ShouldBe(3);
        desk.Comment(issue).ShouldContain("`worker_down/worker_wrapper`");
        desk.Comment(issue).ShouldContain("| queue.pending | 3 | 0 |");
        desk.Comment(issue).ShouldContain("| queue.finished | 0 | 3 |");
    }

    [Theory]
    [InlineData("worker_down", "kill worker_wrapper-2", "start worker_wrapper-2", "")]
    [InlineData("database_down", "stop db-1", "start db-1", "worker_wrapper")]
    [InlineData("database_down", "pause db-1", "unpause db-1", "worker_wrapper")]
    [InlineData("service_down", "stop nginx-1", "start nginx-1", "")]
    [InlineData("service_down", "stop memcached-1", "start memcached-1", "")]
    [InlineData("service_down", "rm --force app-1", "create app-1,start app-1", "")]
    [InlineData("service_down", "stop minio-1", "start minio-1", "")]
    public async Task Support_OneServiceBroken_PlansAndRepairsExactlyThat(string problem, string damage, string deeds, string mayLoop)
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        var issue = desk.Issue("Synchronisation does not work", "The server gives an error when I sync, since ten minutes.");
        var words = damage.Split(' ');
        await patient.HurtAsync([.. words[..^1], $"{patient.Project}-{words[^1]}"]);
        await using var docker = DockerWatch.Start(patient);

        var rehearsal = await desk.SupportAsync(issue, "--dry-run");

        rehearsal.ExitCode.ShouldBe(4, rehearsal.ToString());
        rehearsal.Findings.ShouldContain(problem);
        desk.ShouldHaveChangedNothing(issue, rehearsal, await Without(mayLoop, docker));

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeClosedAsResolved(issue, run);
        run.Findings[0].ShouldBe(problem);
        run.Actions.ShouldBe(rehearsal.Plan);
        (await Without(mayLoop, docker)).ShouldBe(deeds.Split(','));
    }

    /// <summary>Workers that lost their database are restarted by the daemon's own policy; those starts are nobody's deed.</summary>
    private static async Task<IReadOnlyList<string>> Without(string service, DockerWatch docker)
        => [.. (await docker.DeedsAsync()).Where(d => service.Length == 0 || !d.Contains(service, StringComparison.Ordinal))];
}
