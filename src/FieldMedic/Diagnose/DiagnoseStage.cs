using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Diagnose;

/// <summary>
/// What is wrong? One sweep, judged against the catalogue; more where a problem has to hold for a while before it counts. After an action that
/// was cut off it looks until the action has shown its effect, or until its budget is over and it cannot be under way any more: deciding
/// earlier could do it twice.
/// </summary>
internal sealed class DiagnoseStage(Pack pack, Sweep sweep, ProblemCatalogue catalogue, TimeProvider time) : IStage
{
    public async Task<IncidentEvent?> RunAsync(Incident incident, CancellationToken cancellationToken)
    {
        var lasting = new LastingFindings(catalogue);
        for (var look = 1; ; look++)
        {
            var snapshot = await sweep.TakeAsync(cancellationToken).ConfigureAwait(false);
            var isSettled = lasting.Settles(catalogue.Judge(incident, snapshot), snapshot.At, out var judgement);
            var isOpen = incident.CutOff is { } cut && time.GetUtcNow() < cut.Until && (!snapshot.IsObservable || judgement.Findings.Any(f => f.Key == cut.Finding));
            var isBlind = look < Sweep.Looks && snapshot.HasFailedProbes && catalogue.MayHideTheCause(judgement);
            if (isSettled && !isOpen && !isBlind)
            {
                return new IncidentEvent.Diagnosed(snapshot, judgement.Findings, judgement.Undecided);
            }

            await Task.Delay(pack.Policy.PollEvery, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
