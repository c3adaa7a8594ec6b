using FieldMedic.Incidents;
using FieldMedic.Limits;
using FieldMedic.Packs;
using FieldMedic.Testing;

namespace FieldMedic.Tests.Invariants;

/// <summary>The executor asks again what the pack allows, whatever was decided before.</summary>
public sealed class MandateTests
{
    private static readonly PlannedAction Action = new("start", "test.start", "worker", "worker-1", "low", TimeSpan.FromSeconds(1));
    private static readonly Plan Plan = new("worker_down/worker", "start", [Action], []);
    private readonly SmallSystem _system = new(TimeProvider.System);
    private readonly Incident _incident = new() { Id = new IncidentId("INC-1") };

    [Fact]
    public void Refuse_Observe_Refuses() => Refusal(Autonomy.Observe, _incident with { ApprovedPlan = Plan })!.Detail.ShouldContain("only observe");

    [Fact]
    public void Refuse_ApproveWithoutApproval_Refuses() => Refusal(Autonomy.Approve, _incident)!.Detail.ShouldBe("nobody has approved this");

    [Fact]
    public void Refuse_AnotherTargetApproved_Refuses()
        => Refusal(Autonomy.Approve, _incident with { ApprovedPlan = Plan with { Actions = [Action with { Target = "worker-2" }] } }).ShouldNotBeNull();

    [Fact]
    public void Refuse_AnotherFindingApproved_Refuses()
        => Refusal(Autonomy.Approve, _incident with { ApprovedPlan = Plan with { Finding = "database_down/db" } }).ShouldNotBeNull();

    [Fact]
    public void Refuse_Approved_Allows() => Refusal(Autonomy.Approve, _incident with { ApprovedPlan = Plan }).ShouldBeNull();

    [Fact]
    public void Refuse_RemedysOwnAutonomy_CountsBeforeTheSystems()
    {
        _system.Policy = _system.Policy with { Autonomy = Autonomy.Auto };
        _system.Adjust = pack => pack with { Remedies = pack.Remedies.ToDictionary(r => r.Key, r => r.Value with { Autonomy = Autonomy.Observe }) };

        new Mandate(_system.Connect().Pack).Refuse(_incident, Plan).ShouldNotBeNull();
    }

    [Fact]
    public void Refuse_TooManySick_Refuses()
    {
        _system.Policy = _system.Policy with { MaxSickServices = 1 };
        var sick = _incident with { Findings = [new Finding("a", "db", "", []), new Finding("b", "web", "", [])] };

        new Mandate(_system.Connect().Pack).Refuse(sick, Plan)!.Reason.ShouldBe(EscalationReason.TooManySick);
    }

    private LimitRefusal? Refusal(Autonomy autonomy, Incident incident)
    {
        _system.Policy = _system.Policy with { Autonomy = autonomy };
        return new Mandate(_system.Connect().Pack).Refuse(incident, Plan);
    }
}
