using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Cli.Output;

/// <summary>No progress: for scripts.</summary>
internal sealed class Silent : IFlowObserver
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
