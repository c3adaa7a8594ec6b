using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Stabilize;

/// <summary>
/// Has it gone quiet? Samples until every one has been good for the whole window, or until it is clear that it will not be.
/// A restart during the window starts it again: a crash loop looks healthy in most samples.
/// </summary>
internal sealed class StabilizeStage(Pack pack, ProblemCatalogue catalogue, Sweep sweep, TimeProvider time, Action<Incident, TimeSpan, TimeSpan, string?> sampled) : IStage
{
    private const int EarlyLooks = 4;

    public async Task<IncidentEvent?> RunAsync(Incident incident, CancellationToken cancellationToken)
    {
        var window = WindowOf(incident);
        if (FailedOutright(incident) is { } failure)
        {
            return Ended(false, failure, new QuietSpell(time), window);
        }

        var started = time.GetTimestamp();
        var budget = window + pack.Policy.SettleBudget;
        var spell = new QuietSpell(time);
        if (incident.Decision is Decision.Fix)
        {
            // What was just started answers nobody in its first moment.
            await Task.Delay(pack.Policy.PollEvery / 2, time, cancellationToken).ConfigureAwait(false);
        }

        while (true)
        {
            var began = time.GetTimestamp();
            var judged = Judge(incident, await sweep.TakeAsync(cancellationToken).ConfigureAwait(false), time.GetElapsedTime(started));
            if (judged.IsTargetBack && spell.HasBeenQuiet)
            {
                return Ended(false, $"it came back: {judged.NotYet}", spell, window);
            }

            spell.Add(judged.Snapshot, judged.NotYet, began);
            sampled(incident, spell.QuietFor, window, spell.NotYet);
            if (judged.StandsBehind is { } second)
            {
                return Ended(false, second, spell, window);
            }

            // A further sample would end after the window: the one at its end is Verify's. What may still be missing by then is only
            // the proof's own conditions (a queue that has to move).
            var left = spell.IsQuiet ? window - spell.QuietFor : TimeSpan.MaxValue;
            if (left <= pack.Policy.PollEvery + time.GetElapsedTime(began) && judged.ProofMissing is null)
            {
                await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken).ConfigureAwait(false);
                return Ended(true, "", spell, window);
            }

            if (time.GetElapsedTime(started) >= budget)
            {
                return Ended(false, spell.NotYet ?? judged.ProofMissing ?? "it did not stay good long enough", spell, window);
            }

            // Most things come back at once or after a while: the first looks follow each other sooner.
            var isEarly = !spell.IsQuiet && spell.Samples < EarlyLooks;
            await Task.Delay(isEarly ? pack.Policy.PollEvery / 2 : pack.Policy.PollEvery, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan WindowOf(Incident incident)
        => incident.Found.Select(f => catalogue.Find(f.Key)?.Window ?? pack.Policy.Window).Append(pack.Policy.Window).Max();

    /// <summary>When every action of the plan failed there is nothing to wait for.</summary>
    private static string? FailedOutright(Incident incident)
    {
        if (incident.Decision is not Decision.Fix { Plan: var plan })
        {
            return null;
        }

        var last = incident.Actions.TakeLast(plan.Actions.Count).ToList();
        return last.Count > 0 && last.All(a => a.Succeeded == false) ? $"the remedy failed: {last[^1].Detail}" : null;
    }

    private Sample Judge(Incident incident, Snapshot snapshot, TimeSpan elapsed)
    {
        if (!snapshot.IsObservable)
        {
            return new Sample(snapshot, "the system cannot be observed", false, null, null);
        }

        var judgement = catalogue.Judge(incident, snapshot);
        var findings = judgement.Findings.Where(incident.Covers).ToList();
        var target = (incident.Decision as Decision.Fix)?.Plan.Finding;
        var isTargetBack = findings.Any(f => target is null ? incident.Found.Any(k => k.Key == f.Key) : f.Key == target);
        var newlyUndecided = judgement.Undecided.Where(key => catalogue.IsInScope(incident, key)).Except(catalogue.BlindSpots(incident), StringComparer.Ordinal).ToList();
        string? notYet = null;
        if (findings.Count > 0)
        {
            notYet = $"{findings[0].Title}: {string.Join(", ", findings[0].Evidence)}";
        }
        else if (newlyUndecided.Count > 0)
        {
            notYet = $"not measurable: {string.Join(", ", newlyUndecided)}";
        }
        else if (incident.OnlyProblem is null && pack.Healthy.FirstOrDefault(c => ConditionEvaluator.Evaluate(c, snapshot) != Truth.True) is { } unhealthy)
        {
            notYet = $"not yet: {unhealthy}";
        }

        var missing = incident.Found.Where(incident.Covers)
            .SelectMany(f => catalogue.Find(f.Key)?.Proof ?? [])
            .FirstOrDefault(c => ConditionEvaluator.Evaluate(c, snapshot, incident.Before) != Truth.True);
        return new Sample(snapshot, notYet, isTargetBack, missing is null ? null : $"not yet: {missing}", isTargetBack ? null : StandsBehind(incident, findings, target, elapsed));
    }

    /// <summary>
    /// Another fault that will not go away by waiting: one that was there from the start and is no consequence of the treated one, or
    /// any that has had its grace and has a remedy of its own (a worker that gave up while the database was away).
    /// </summary>
    private string? StandsBehind(Incident incident, List<Finding> findings, string? target, TimeSpan elapsed)
    {
        var treated = incident.Found.FirstOrDefault(f => f.Key == target);
        var second = treated is null
            ? null
            : findings.FirstOrDefault(f => (elapsed >= pack.Policy.ConsequenceGrace && catalogue.HasUntriedRemedy(incident, f))
                || (incident.Findings.Any(known => known.Key == f.Key) && !catalogue.IsCausedBy(f, treated)));
        return second is null ? null : $"another fault stands beside it: {second.Title}";
    }

    private static IncidentEvent.Stabilized Ended(bool quiet, string reason, QuietSpell spell, TimeSpan window)
        => new(quiet, reason, spell.Since ?? DateTimeOffset.UnixEpoch, window, spell.Samples, spell.Breaks, spell.First ?? Snapshot.Empty);

    private sealed record Sample(Snapshot Snapshot, string? NotYet, bool IsTargetBack, string? ProofMissing, string? StandsBehind);
}
