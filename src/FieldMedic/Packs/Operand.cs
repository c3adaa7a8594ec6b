using FieldMedic.Incidents;

namespace FieldMedic.Packs;

/// <summary>The right side of a comparison: a literal or another observation; exactly one is set.</summary>
public sealed record Operand(ObservedValue? Literal, string? Observation, string Written)
{
    public override string ToString() => Written;
}
