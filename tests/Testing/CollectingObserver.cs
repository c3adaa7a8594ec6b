using System.Collections.Concurrent;
using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Testing;

public sealed class CollectingObserver : IFlowObserver
{
    public ConcurrentQueue<IncidentEvent> Events { get; } = new();

    /// <summary>Called with each event once it is durable.</summary>
    public Action<Incident, IncidentEvent>? OnAppended { get; set; }

    public void StageEntered(Incident incident, IncidentStage stage)
    {
    }

    public void Appended(Incident incident, JournalEntry entry)
    {
        Events.Enqueue(entry.Event);
        OnAppended?.Invoke(incident, entry.Event);
    }

    public void Sampled(Incident incident, TimeSpan quietFor, TimeSpan window, string? notYet)
    {
    }
}
