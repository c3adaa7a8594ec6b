using FieldMedic.Incidents;

namespace FieldMedic.Journal;

/// <summary>One row of the action log. Succeeded is null while running, or when the process died before it could tell.</summary>
public sealed record ActionLogRow(
    DateTimeOffset At,
    IncidentId Incident,
    string Remedy,
    string Kind,
    string? Service,
    string Target,
    bool? Succeeded,
    string Details);
