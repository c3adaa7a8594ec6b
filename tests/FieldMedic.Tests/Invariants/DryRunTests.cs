using FieldMedic.Incidents;
using FieldMedic.Testing;

namespace FieldMedic.Tests.Invariants;

/// <summary>Invariant 9: a dry run changes nothing anywhere, never says success, and says what the real run then does.</summary>
public sealed class DryRunTests
{
    private static readonly string[] Successes = ["fixed", "resolved", "closed", "healthy", "verified", "✅"];

    public static IEnumerable<TheoryDataRow<string>> Scenarios() => CrashScenario.All.Select(s => new TheoryDataRow<string>(s.Name));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Support_DryRun_ChangesNothingAndPredictsTheRealRun(string name)
    {
        var scenario = CrashScenario.All.Single(s => s.Name == name);
        var clinic = new Clinic();
        scenario.Break(clinic.System);
        var issue = clinic.Tracker.Open(1, scenario.Title);
        var before = clinic.Tracker[issue];

        var dry = await clinic.SupportAsync(issue, scenario.Options with { DryRun = true });

        dry.Outcome.ShouldBe(RunOutcome.DryRun);
        Successes.ShouldAllBe(word => !dry.Message.Contains(word, StringComparison.OrdinalIgnoreCase));
        clinic.Tracker.Writes.ShouldBeEmpty();
        clinic.Tracker[issue].ShouldBe(before);
        clinic.Store.All().ShouldBeEmpty();
        clinic.System.Effects.ShouldBeEmpty();
        dry.Incident!.Proof.ShouldBeNull();

        clinic.Observer.Events.Clear();
        await clinic.SupportAsync(issue);
        clinic.Observer.Events.OfType<IncidentEvent.Decided>().First().Decision.ShouldBe(dry.Decision);
    }

    [Fact]
    public async Task Support_DryRunLeavesTheLockFree()
    {
        var clinic = new Clinic();
        clinic.System.Stop("worker");

        await clinic.SupportAsync(clinic.Tracker.Open(1, "Sync stuck"), new RunOptions { DryRun = true });

        (await clinic.Store.TryAcquireAsync("small", CancellationToken.None))!.Fence.ShouldBe(1);
    }

    [Fact]
    public async Task Support_DryRunOfAClosedIssue_SaysSo()
    {
        var clinic = new Clinic();
        clinic.System.Stop("worker");
        var issue = clinic.Tracker.Open(1, "Sync stuck");
        clinic.Tracker[issue] = clinic.Tracker[issue] with { IsOpen = false };

        var dry = await clinic.SupportAsync(issue, new RunOptions { DryRun = true });

        dry.Outcome.ShouldBe(RunOutcome.DryRun);
        dry.Decision.ShouldBeNull();
    }

    [Fact]
    public async Task Support_DryRunWhenPaused_PredictsTheRefusal()
    {
        var clinic = new Clinic();
        clinic.System.Stop("worker");
        await clinic.Store.PauseAsync("small", "operator", CancellationToken.None);

        var dry = await clinic.SupportAsync(clinic.Tracker.Open(1, "Sync stuck"), new RunOptions { DryRun = true });

        dry.Decision.ShouldBeOfType<Decision.Escalate>().Reason.ShouldBe(EscalationReason.Paused);
    }

    [Fact]
    public async Task Remediate_DryRun_ChangesNothingAndPredictsTheRealRun()
    {
        var clinic = new Clinic();
        clinic.System.Stop("worker");

        var dry = await clinic.Medic().RemediateAsync(null, null, new RunOptions { DryRun = true }, clinic.Observer, CancellationToken.None);
        var effects = clinic.System.Effects.Count;
        var real = await clinic.Medic().RemediateAsync(null, null, new RunOptions(), clinic.Observer, CancellationToken.None);

        effects.ShouldBe(0);
        real.Outcome.ShouldBe(RunOutcome.Closed);
        real.Decision.ShouldBe(dry.Decision);
    }
}
