using System.Globalization;
using FieldMedic.Scenarios.Tests.Harness;

namespace FieldMedic.Scenarios.Tests;

/// <summary>SIGKILL at every event boundary; the same command again finishes it as if nothing had happened.</summary>
[Collection(SharedPatient.Name)]
[Trait("needs", "docker")]
public sealed class KillTests(Patient patient)
{
    // opened, diagnosed, decided, 2 × (started, finished), stabilized, verified, prepared, posted, closed, watched.
    private const int Events = 13;
    private const int Killed = 128 + 9;

    [Fact]
    public async Task Support_KilledAfterEachEventAndRunAgain_OneRepairOneCommentOneClose()
    {
        await patient.BeReadyAsync();
        var boundaries = 0;
        while (await KillAfterAsync(boundaries + 1))
        {
            boundaries++;
        }

        boundaries.ShouldBe(Events);
    }

    /// <summary>False when the run ended before it had appended that many events.</summary>
    private async Task<bool> KillAfterAsync(int events)
    {
        await using var desk = await Desk.OpenAsync(patient);
        desk.Environment["FIELDMEDIC_WINDOW"] = "1s";
        desk.Environment["FIELDMEDIC_LOOP_WINDOW"] = "1s";
        var issue = desk.Issue("Workers down", "The workers are not running.");
        await patient.KillWorkersAsync();
        await using var docker = DockerWatch.Start(patient);
        var isKilled = false;
        await using (var first = desk.Start(issue, "--verbose"))
        {
            // A stage is announced right after the event before it is durable.
            var stages = 0;
            isKilled = await first.UntilAsync(line => IsStage(line) && ++stages == events);
            first.Kill();
            var ended = await first.EndAsync();
            if (isKilled && events < Events)
            {
                ended.ExitCode.ShouldBe(Killed, $"it should have died after event {events}: {ended}");
            }
        }

        var run = await desk.SupportAsync(issue);

        var at = string.Create(CultureInfo.InvariantCulture, $"killed after event {events}: {run}");
        run.Outcome.ShouldBe("closed", at);
        desk.ShouldBeClosedAsResolved(issue, run);
        (await docker.DeedsAsync()).ShouldBe(["start worker_wrapper-1", "start worker_wrapper-2"], ignoreOrder: true, at);
        run.Actions.Distinct().Count().ShouldBe(2, at);
        return isKilled;
    }

    /// <summary>"  0.3 s  Diagnose": stages are capitalised, events are not.</summary>
    private static bool IsStage(string line)
        => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, "s", [>= 'A' and <= 'Z', ..], ..];
}
