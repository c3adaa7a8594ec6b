using FieldMedic.Incidents;

namespace FieldMedic;

/// <summary>One step of the flow: reads the folded incident, returns what happened, or null when the incident must wait (parked).</summary>
public interface IStage
{
    Task<IncidentEvent?> RunAsync(Incident incident, CancellationToken cancellationToken);
}
