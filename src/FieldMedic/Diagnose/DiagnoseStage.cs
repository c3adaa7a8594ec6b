using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Diagnose;

/// <summary>What is wrong? One sweep, judged against the catalogue.</summary>
internal sealed class DiagnoseStage(Sweep sweep, ProblemCatalogue catalogue) : IStage
{
    public async Task<IncidentEvent?> RunAsync(Incident incident, CancellationToken cancellationToken)
    {
        var snapshot = await sweep.TakeAsync(cancellationToken).ConfigureAwait(false);
        var judgement = catalogue.Judge(snapshot);
        return new IncidentEvent.Diagnosed(snapshot, judgement.Findings, judgement.Undecided);
    }
}
