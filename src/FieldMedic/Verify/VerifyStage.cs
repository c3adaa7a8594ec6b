using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Verify;

/// <summary>
/// Is it gone, sustained, through the user's path, and nothing worse? The only place that makes a <see cref="Proof"/>.
/// Anything it cannot measure makes the verdict Unverifiable, never Resolved.
/// </summary>
internal sealed class VerifyStage(Pack pack, ProblemCatalogue catalogue, Sweep sweep, TimeProvider time) : IStage
{
    public async Task<IncidentEvent?> RunAsync(Incident incident, CancellationToken cancellationToken)
    {
        var after = await sweep.TakeAsync(cancellationToken).ConfigureAwait(false);
        var (verdict, reason) = Judge(incident, after);
        for (var look = 1; look < Sweep.Looks && verdict == Verdict.Unverifiable && after.HasFailedProbes; look++)
        {
            await Task.Delay(pack.Policy.PollEvery, time, cancellationToken).ConfigureAwait(false);
            after = await sweep.TakeAsync(cancellationToken).ConfigureAwait(false);
            (verdict, reason) = Judge(incident, after);
        }

        var rows = Rows(incident, after);
        var proof = verdict is Verdict.Resolved or Verdict.Mitigated
            ? Proof.Make(
                verdict,
                [.. incident.Found.Where(incident.Covers).Select(f => f.Key)],
                rows,
                incident.Stabilized?.QuietSince ?? after.At,
                after.At,
                (incident.Stabilized?.Samples ?? 0) + 1)
            : null;
        return new IncidentEvent.Verified(verdict, reason, after, rows, proof);
    }

    private (Verdict Verdict, string Reason) Judge(Incident incident, Snapshot after)
    {
        if (!after.IsObservable)
        {
            return (Verdict.Unverifiable, "the system could not be observed afterwards");
        }

        var judgement = catalogue.Judge(incident, after);
        var findings = judgement.Findings.Where(incident.Covers).ToList();
        // What came up since and has a remedy is treated like any other fault; what has none is worse than before.
        if (catalogue.Roots(findings).FirstOrDefault(f => IsOurDoing(incident, f) && !catalogue.HasUntriedRemedy(incident, f)) is { } worse)
        {
            return (Verdict.Regressed, $"{worse.Title} was not there before the repair");
        }

        if (findings.Count > 0)
        {
            var reason = incident.Stabilized is { Quiet: false, Reason: { Length: > 0 } said } ? said : string.Join(", ", findings[0].Evidence);
            return (Verdict.NotResolved, reason.Contains(findings[0].Title, StringComparison.Ordinal) ? reason : $"{findings[0].Title} ({reason})");
        }

        var isReply = incident.Decision is Decision.Reply;
        if (!isReply && incident.Stabilized is not { Quiet: true })
        {
            return Unquiet(incident, after, judgement);
        }

        if (incident.Stabilized is { } stabilized && Restarts.Between(stabilized.First, after) is { } restarted)
        {
            return (Verdict.NotResolved, $"{restarted} restarted during the window");
        }

        return Unmeasured(incident, after, judgement) is { } unmeasured
            ? (Verdict.Unverifiable, unmeasured)
            : (incident.Actions.Any(a => IsTemporary(a.Action)) ? Verdict.Mitigated : Verdict.Resolved, "");
    }

    /// <summary>It did not become quiet: was that the problem, or could it not be seen?</summary>
    private (Verdict Verdict, string Reason) Unquiet(Incident incident, Snapshot after, Judgement judgement)
    {
        var said = incident.Stabilized?.Reason ?? "it was not watched";
        return Unmeasured(incident, after, judgement) is { } unmeasured && unmeasured.StartsWith("not measurable", StringComparison.Ordinal)
            ? (Verdict.Unverifiable, unmeasured)
            : (Verdict.NotResolved, said);
    }

    /// <summary>What keeps the proof from being whole; null when nothing does.</summary>
    private string? Unmeasured(Incident incident, Snapshot after, Judgement judgement)
    {
        var undecided = judgement.Undecided.Where(key => catalogue.IsInScope(incident, key)).Except(catalogue.BlindSpots(incident), StringComparer.Ordinal).ToList();
        if (undecided.Count > 0)
        {
            return $"not measurable: {string.Join(", ", undecided)}";
        }

        var proofs = incident.Found.Where(incident.Covers).SelectMany(f => catalogue.Find(f.Key)?.Proof ?? []);
        var conditions = incident.OnlyProblem is null ? pack.Healthy.Concat(proofs) : proofs;
        foreach (var condition in conditions)
        {
            switch (ConditionEvaluator.Evaluate(condition, after, incident.Before))
            {
                case Truth.False: return $"it does not hold that {condition}";
                case Truth.Unknown: return $"not measurable: {condition}";
            }
        }

        return null;
    }

    /// <summary>A problem that definitely was not there before, on a service that depends on what was touched.</summary>
    private bool IsOurDoing(Incident incident, Finding finding)
        => incident.Before is { } before
            && catalogue.Find(finding.Key) is { } problem
            && incident.Found.All(f => f.Key != finding.Key)
            && ConditionEvaluator.All(problem.When, before) == Truth.False
            && incident.Actions.Any(a => a.Action.Service is { } touched && (finding.Service is null || catalogue.DependsOn(finding.Service, touched)));

    private bool IsTemporary(PlannedAction action) => pack.Remedies.TryGetValue(action.Remedy, out var remedy) && remedy.Temporary;

    private List<BeforeAfter> Rows(Incident incident, Snapshot after)
    {
        var names = !incident.Found.IsEmpty
            ? incident.Found.SelectMany(f => catalogue.Find(f.Key)?.Show ?? []).Concat(pack.Healthy.OfType<Condition.Comparison>().Select(c => c.Left))
            : pack.Status;
        return [.. names.Distinct(StringComparer.Ordinal).Select(n => new BeforeAfter(n, Seen(incident.Before, n), Seen(after, n)))];
    }

    private static ObservedValue Seen(Snapshot? snapshot, string name) => snapshot?.Find(name)?.Value ?? ObservedValue.Unknown("not observed");
}
