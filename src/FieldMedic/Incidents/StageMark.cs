namespace FieldMedic.Incidents;

/// <summary>A stage was entered.</summary>
public sealed record StageMark(IncidentStage Stage, DateTimeOffset At);
