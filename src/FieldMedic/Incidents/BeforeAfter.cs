namespace FieldMedic.Incidents;

/// <summary>One row of the before/after table.</summary>
public sealed record BeforeAfter(string Observation, ObservedValue Before, ObservedValue After);
