using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Decide;

/// <summary>Finds the next usable rung for a finding: not tried in this incident, preconditions true, targets resolved.</summary>
internal sealed class Ladder(SystemUnderCare system, ProblemCatalogue catalogue, TimeProvider time)
{
    /// <summary>The plan of the next rung, or null with the rungs that were passed over and why.</summary>
    public async Task<(Plan? Plan, IReadOnlyList<string> Skipped)> NextAsync(Incident incident, Finding finding, CancellationToken cancellationToken)
    {
        var skipped = new List<string>();
        foreach (var id in catalogue.Find(finding.Key)?.Remedies ?? [])
        {
            if (incident.Tried.Contains($"{finding.Key}:{id}"))
            {
                skipped.Add($"{id}: tried already");
                continue;
            }

            if (!system.Pack.Remedies.TryGetValue(id, out var remedy) || !system.Actions.TryGetValue(id, out var action))
            {
                skipped.Add($"{id}: not on the allow-list");
                continue;
            }

            if (ConditionEvaluator.All(remedy.Requires, incident.Latest ?? Snapshot.Empty) != Truth.True)
            {
                skipped.Add($"{id}: its precondition does not hold");
                continue;
            }

            var service = remedy.Settings.Service ?? finding.Service;
            var targets = await ResolveAsync(action, incident.Latest ?? Snapshot.Empty, service, cancellationToken).ConfigureAwait(false);
            if (targets.Unavailable is { } why)
            {
                skipped.Add($"{id}: {why}");
                continue;
            }

            var actions = targets.Targets.Select(t => new PlannedAction(id, remedy.Kind, service, t, Word(remedy.Risk), remedy.Budget));
            return (new Plan(finding.Key, id, [.. actions], skipped), skipped);
        }

        return (null, skipped);
    }

    /// <summary>A rung whose targets cannot be named, for whatever reason, is not available; it must not end the run.</summary>
    private async Task<ActionTargets> ResolveAsync(IRemedyAction action, Snapshot snapshot, string? service, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(system.Pack.Policy.SweepDeadline, time);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, budget.Token);
        try
        {
            var resolving = Task.Run(() => action.ResolveAsync(snapshot, service, limited.Token), CancellationToken.None);
            return await resolving.WaitAsync(limited.Token).ConfigureAwait(false) ?? ActionTargets.None("no target could be resolved");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return ActionTargets.None($"its targets could not be resolved: {(e is OperationCanceledException ? "no answer in time" : e.Message)}");
        }
    }

    private static string Word(Risk risk) => risk switch
    {
        Risk.Low => "low",
        Risk.Medium => "medium",
        _ => "high",
    };
}
