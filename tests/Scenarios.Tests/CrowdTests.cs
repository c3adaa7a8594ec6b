using FieldMedic.Scenarios.Tests.Harness;

namespace FieldMedic.Scenarios.Tests;

/// <summary>Two runs at the same time: one repair, and everybody gets the answer.</summary>
[Collection(SharedPatient.Name)]
[Trait("needs", "docker")]
public sealed class CrowdTests(Patient patient)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Support_TwoAtOnceAboutOneFault_OneRepairsTheOtherAttaches(int issues)
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        var first = desk.Issue("Workers down", "The workers are not running.");
        var second = issues == 1 ? first : desk.Issue("Sync stuck at 50%", "Nothing is processed any more.");
        await patient.KillWorkersAsync();
        await using var docker = DockerWatch.Start(patient);

        var runs = await Task.WhenAll(desk.SupportAsync(first), desk.SupportAsync(second));

        runs.Select(r => r.Outcome).ShouldBe(["attached", "closed"], ignoreOrder: true, string.Join('\n', runs.Select(r => r.ToString())));
        runs.ShouldAllBe(r => r.ExitCode == 0);
        runs.Select(r => r.Json.GetProperty("incident").GetString()).Distinct().ShouldHaveSingleItem();
        (await docker.DeedsAsync()).Order().ShouldBe(["start worker_wrapper-1", "start worker_wrapper-2"]);
        foreach (var issue in new[] { first, second }.Distinct())
        {
            desk.ShouldBeClosedAsResolved(issue, runs.Single(r => r.Outcome == "closed"));
        }
    }
}
