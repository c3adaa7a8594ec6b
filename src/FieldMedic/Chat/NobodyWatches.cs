using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Chat;

/// <summary>For a rehearsal that nobody looks at.</summary>
internal sealed class NobodyWatches : IFlowObserver
{
    public void StageEntered(Incident incident, IncidentStage stage)
    {
    }

    public void Appended(Incident incident, JournalEntry entry)
    {
    }

    public void Sampled(Incident incident, TimeSpan quietFor, TimeSpan window, string? notYet)
    {
    }
}
