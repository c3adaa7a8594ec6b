using System.Collections.Concurrent;
using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Bench.Load;

/// <summary>How many incidents are in which stage.</summary>
internal sealed class StageCounter : IFlowObserver
{
    private readonly ConcurrentDictionary<IncidentId, IncidentStage> _stages = new();

    public int In(IncidentStage stage) => _stages.Values.Count(s => s == stage);

    public void StageEntered(Incident incident, IncidentStage stage) => _stages[incident.Id] = stage;

    public void Appended(Incident incident, JournalEntry entry) => _stages[incident.Id] = incident.Stage;

    public void Sampled(Incident incident, TimeSpan quietFor, TimeSpan window, string? notYet)
    {
    }
}
