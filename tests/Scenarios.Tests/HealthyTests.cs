using FieldMedic.Scenarios.Tests.Harness;

namespace FieldMedic.Scenarios.Tests;

/// <summary>Nothing is wrong: nothing is touched, and only a question that numbers answer is closed.</summary>
[Collection(SharedPatient.Name)]
[Trait("needs", "docker")]
public sealed class HealthyTests(Patient patient)
{
    [Fact]
    public async Task Support_VagueComplaintAboutAHealthySystem_AsksForDetailsAndStaysOpen()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        var issue = desk.Issue("It does not work", "Please help, something is broken.");
        await using var docker = DockerWatch.Start(patient);

        var rehearsal = await desk.SupportAsync(issue, "--dry-run");

        desk.ShouldHaveChangedNothing(issue, rehearsal, await docker.DeedsAsync());
        rehearsal.Plan.ShouldBeEmpty();
        rehearsal.ExitCode.ShouldBe(2, "there is no plan; a person is needed");

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeLeftOpen(issue, run, exitCode: 2, "needs-manual-review");
        run.Reason.ShouldBe(rehearsal.Reason);
        run.Actions.ShouldBeEmpty();
        desk.Comment(issue).ShouldContain("what did you expect");
        (await docker.DeedsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Support_StatusRequestOnAHealthySystem_AnswersWithNumbersAndCloses()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        var issue = desk.Issue("Please check status", "Is everything running?");
        await using var docker = DockerWatch.Start(patient);

        var run = await desk.SupportAsync(issue);

        run.ExitCode.ShouldBe(0, run.ToString());
        run.Outcome.ShouldBe("answered");
        desk.Look(issue).State.ShouldBe("closed");
        run.After("worker_wrapper.running").ShouldBe(2);
        run.After("queue.pending").ShouldBe(await patient.CountAsync("select count(*) from core_job where status = 'pending'"));
        desk.Comment(issue).ShouldContain("| worker_wrapper.running | 2 |");
        (await docker.DeedsAsync()).ShouldBeEmpty();
    }
}
