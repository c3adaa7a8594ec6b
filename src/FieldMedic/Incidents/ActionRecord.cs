namespace FieldMedic.Incidents;

/// <summary>One action of an incident. Succeeded is null while it runs and when its outcome is unknown.</summary>
public sealed record ActionRecord(PlannedAction Action, DateTimeOffset StartedAt, bool? Succeeded, string Detail, TimeSpan? Elapsed);
