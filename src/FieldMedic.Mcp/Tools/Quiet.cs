using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Mcp.Tools;

/// <summary>Nobody watches a dry run.</summary>
internal sealed class Quiet : IFlowObserver
{
    public static Quiet Instance { get; } = new();

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
