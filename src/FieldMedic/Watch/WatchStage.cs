using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Watch;

/// <summary>
/// Does it stay fixed? Sweeps until the watch is over; a run that does not stay leaves it parked for a later one.
/// A watch that could not be observed to its end is said to be so.
/// </summary>
internal sealed class WatchStage(Pack pack, ProblemCatalogue catalogue, Sweep sweep, TimeProvider time, WatchMode mode) : IStage
{
    public async Task<IncidentEvent?> RunAsync(Incident incident, CancellationToken cancellationToken)
    {
        if (incident.WatchUntil is not { } until)
        {
            return new IncidentEvent.IncidentEnded(incident.Outcome ?? IncidentOutcome.Escalated);
        }

        while (mode != WatchMode.Leave)
        {
            var snapshot = await sweep.TakeAsync(cancellationToken).ConfigureAwait(false);
            if (Relapse(incident, snapshot) is { } finding)
            {
                return new IncidentEvent.Relapsed(finding);
            }

            if (time.GetUtcNow() >= until)
            {
                return new IncidentEvent.WatchEnded(snapshot.IsObservable);
            }

            if (mode == WatchMode.OneLook)
            {
                return null;
            }

            await Task.Delay(pack.Policy.WatchEvery, time, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>The same problem again, and nothing else explains it.</summary>
    private Finding? Relapse(Incident incident, Snapshot snapshot)
        => catalogue.Roots(catalogue.Judge(snapshot).Findings).FirstOrDefault(f => incident.Proof?.Gone.Contains(f.Key, StringComparer.Ordinal) == true);
}
