using FieldMedic.Incidents;
using FieldMedic.Testing;

namespace FieldMedic.Tests.Invariants;

/// <summary>A run that is bound to the plan that was shown carries out this one or none.</summary>
public sealed class OnlyPlanTests
{
    private readonly Clinic _clinic = new();

    [Fact]
    public async Task Remediate_TheSamePlan_IsCarriedOut()
    {
        _clinic.System.Stop("worker");
        var plan = await ShowAsync();

        var result = await RunAsync(plan);

        result.Outcome.ShouldBe(RunOutcome.Closed);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);
    }

    [Fact]
    public async Task Remediate_AnotherFaultCameUp_DoesNothing()
    {
        _clinic.System.Stop("worker");
        var plan = await ShowAsync();
        _clinic.System.Stop("db");

        var result = await RunAsync(plan);

        result.Incident!.Report!.Escalation.ShouldBe(EscalationReason.PlanChanged);
        _clinic.System.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Remediate_ThePlanDoesNotHelp_TheNextRungIsNotTaken()
    {
        _clinic.System.Stop("worker");
        var plan = await ShowAsync();
        _clinic.System.OnAction = (_, _) => { };

        var result = await RunAsync(plan);

        result.Incident!.Report!.Escalation.ShouldBe(EscalationReason.PlanChanged);
        result.Incident.Verified!.Verdict.ShouldBe(Verdict.NotResolved);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);
    }

    [Fact]
    public async Task Remediate_FewerTargetsThanShown_DoesNothing()
    {
        _clinic.System.Stop("worker");
        var plan = await ShowAsync();
        var larger = plan with { Actions = [.. plan.Actions, plan.Actions[0] with { Target = "worker-2" }] };

        var result = await RunAsync(larger);

        result.Incident!.Report!.Escalation.ShouldBe(EscalationReason.PlanChanged);
        _clinic.System.Effects.ShouldBeEmpty();
    }

    private async Task<Plan> ShowAsync()
        => (await _clinic.Medic().RemediateAsync(null, null, new RunOptions { DryRun = true }, _clinic.Observer, CancellationToken.None)).Decision.ShouldBeOfType<Decision.Fix>().Plan;

    private Task<RunResult> RunAsync(Plan plan)
        => _clinic.Medic().RemediateAsync(null, null, new RunOptions { OnlyPlan = plan }, _clinic.Observer, CancellationToken.None);
}
