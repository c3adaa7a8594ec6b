using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic;

/// <summary>Watches a run, for progress on a terminal. It cannot influence it; what it throws ends the run.</summary>
public interface IFlowObserver
{
    /// <summary>A stage begins.</summary>
    void StageEntered(Incident incident, IncidentStage stage);

    /// <summary>An event is durable and folded.</summary>
    void Appended(Incident incident, JournalEntry entry);

    /// <summary>One sample of Stabilize: how long it has been quiet, of how long it must be, and what is not good yet.</summary>
    void Sampled(Incident incident, TimeSpan quietFor, TimeSpan window, string? notYet);
}
