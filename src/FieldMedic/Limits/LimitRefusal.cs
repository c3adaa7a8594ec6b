using FieldMedic.Incidents;

namespace FieldMedic.Limits;

/// <summary>A limit said no, and why.</summary>
public sealed record LimitRefusal(EscalationReason Reason, string Detail);
