using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Storage;

/// <summary>An event as it stands in a store, to the byte. What came from a file knows its line there.</summary>
public sealed record StoredEvent(string Incident, long Sequence, DateTimeOffset At, string Payload, int Line = 0)
{
    /// <exception cref="JournalException">The payload is no event.</exception>
    public JournalEntry Entry() => new(new IncidentId(Incident), Sequence, At, JournalJson.Read(Payload));
}
