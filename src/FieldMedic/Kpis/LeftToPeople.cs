using FieldMedic.Incidents;

namespace FieldMedic.Kpis;

/// <summary>What people were left with again and again: the next thing to automate.</summary>
/// <param name="Fault">The root cause that was found.</param>
/// <param name="Advice">What would help.</param>
public sealed record LeftToPeople(string Fault, int Incidents, EscalationReason Reason, string Advice);
