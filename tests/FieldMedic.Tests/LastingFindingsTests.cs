using FieldMedic.Incidents;
using FieldMedic.Testing;

namespace FieldMedic.Tests;

/// <summary>A problem with a <c>for</c> counts only once it has held for so long: what a slow machine can feign leads to no action.</summary>
public sealed class LastingFindingsTests
{
    private readonly Clinic _clinic = new();
    private int _sweeps;

    public LastingFindingsTests()
        => _clinic.System.Adjust = pack => pack with
        {
            Problems = [.. pack.Problems.Select(p => p.Id is "worker_down" or "service_down" ? p with { For = TimeSpan.FromSeconds(4) } : p)],
        };

    [Fact]
    public async Task Support_HeldLongEnough_IsTreated()
    {
        _clinic.System.Stop("worker");

        var result = await _clinic.SupportAsync(_clinic.Tracker.Open(1, "sync stuck"));

        result.Outcome.ShouldBe(RunOutcome.Closed);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);
    }

    [Fact]
    public async Task Support_CameAndWent_IsUndecidedAndLeftAlone()
    {
        _clinic.System.Stop("worker");
        _clinic.System.OnSweep = system => Only(system, ++_sweeps == 1 ? "worker" : null);
        var issue = _clinic.Tracker.Open(1, "status please");

        var result = await _clinic.SupportAsync(issue);

        result.Incident!.Report!.Escalation.ShouldBe(EscalationReason.PartlyUnobserved);
        result.Incident.Undecided.ShouldBe(["worker_down/worker"]);
        _clinic.System.Effects.ShouldBeEmpty();
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Support_OneComesAsAnotherGoes_EndsUndecidedAndLeavesBothAlone()
    {
        _clinic.System.OnSweep = system => Only(system, ++_sweeps % 4 < 2 ? "worker" : "web");

        var result = await _clinic.SupportAsync(_clinic.Tracker.Open(1, "sync stuck"));

        result.Outcome.ShouldBe(RunOutcome.Escalated);
        result.Incident!.Undecided.ShouldBe(["worker_down/worker", "service_down/web"], ignoreOrder: true);
        _clinic.System.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Support_ConsequenceOfWhatIsCertain_IsNotWaitedFor()
    {
        _clinic.System.Stop("db");
        _clinic.System.Stop("web");

        var result = await _clinic.SupportAsync(_clinic.Tracker.Open(1, "everything is down"));

        _clinic.System.Effects.First().ShouldBe("start db-1");
        var first = result.Incident!.Timeline[0];
        (result.Incident.Timeline[1].At - first.At).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Rehearse_DryRun_WaitsToo()
    {
        _clinic.System.OnSweep = system => Only(system, ++_sweeps == 1 ? "worker" : null);

        var result = await _clinic.SupportAsync(_clinic.Tracker.Open(1, "sync stuck"), new RunOptions { DryRun = true });

        result.Decision.ShouldBeOfType<Decision.Escalate>();
    }

    private static void Only(SmallSystem system, string? down)
    {
        foreach (var service in new[] { "worker", "web" })
        {
            system.Start(service);
        }

        if (down is not null)
        {
            system.Stop(down);
        }
    }
}
