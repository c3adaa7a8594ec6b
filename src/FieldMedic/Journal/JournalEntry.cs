using FieldMedic.Incidents;

namespace FieldMedic.Journal;

/// <summary>One event of one incident as it stands in the journal. Sequence counts from 1 without gaps.</summary>
public sealed record JournalEntry(IncidentId Incident, long Sequence, DateTimeOffset At, IncidentEvent Event);
