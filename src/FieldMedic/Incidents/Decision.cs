using System.Text.Json.Serialization;

namespace FieldMedic.Incidents;

/// <summary>The closed set of what Decide can say; each carries a named reason.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Fix), "fix")]
[JsonDerivedType(typeof(Escalate), "escalate")]
[JsonDerivedType(typeof(Reply), "reply")]
[JsonDerivedType(typeof(Confirm), "confirm")]
[JsonDerivedType(typeof(AwaitApproval), "await_approval")]
[JsonDerivedType(typeof(Hold), "hold")]
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Run this plan now.</summary>
    public sealed record Fix(Plan Plan) : Decision;

    /// <summary>A person is needed.</summary>
    /// <param name="Reason">Why, from the closed set.</param>
    /// <param name="Detail">One private line for the operator; never a reporter's text.</param>
    public sealed record Escalate(EscalationReason Reason, string Detail) : Decision;

    /// <summary>Nothing is wrong and the reporter asked for the status: answer with numbers. Verify still has to prove health before a close.</summary>
    public sealed record Reply : Decision;

    /// <summary>Something was done (or its outcome is unknown) and nothing is wrong now: go and verify.</summary>
    public sealed record Confirm : Decision;

    /// <summary>The plan is ready but the pack wants a maintainer's word first.</summary>
    /// <param name="Human">Set when the pack would let it run and waits only because this person is at work on the issue.</param>
    public sealed record AwaitApproval(Plan Plan, HumanAtWork? Human = null) : Decision;

    /// <summary>A human is at work: stand back.</summary>
    public sealed record Hold(HoldReason Reason) : Decision;
}
