namespace FieldMedic.Incidents;

/// <summary>Where an incident stands. The order is in <see cref="IncidentFlow"/>.</summary>
public enum IncidentStage
{
    Diagnose,
    Decide,
    AwaitApproval,
    Remedy,
    Stabilize,
    Verify,
    Report,
    Watch,
    Over,
}
