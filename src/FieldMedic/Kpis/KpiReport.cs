using FieldMedic.Incidents;

namespace FieldMedic.Kpis;

/// <summary>How well it works, as a pure fold of incidents.</summary>
/// <param name="Since">Incidents opened from then on are counted.</param>
/// <param name="Until">Those opened before then.</param>
/// <param name="Incidents">How many there are, unfinished ones included.</param>
/// <param name="Unfinished">Nobody was told an end yet; they count nowhere else.</param>
/// <param name="AutoResolved">Resolved without a person, and it held.</param>
/// <param name="FixSuccess">Repairs that were proved, and held.</param>
/// <param name="FalseClosures">Closes that did not hold.</param>
/// <param name="Unverifiable">Escalated because it could not be measured; a category of its own.</param>
/// <param name="Escalations">Incidents left to a person, by reason.</param>
/// <param name="TimeToResolution">From opening to the close, of those that were resolved.</param>
/// <param name="TimeToDetect">From opening to the end of the first diagnosis, where something was found.</param>
/// <param name="TimeToDecide">From then to the first decision.</param>
/// <param name="TimeToAct">What the actions of one incident took together, where their end is known.</param>
/// <param name="TimeToVerify">From the end of the last action to the verdict, the window included.</param>
public sealed record KpiReport(
    DateTimeOffset Since,
    DateTimeOffset Until,
    int Incidents,
    int Unfinished,
    Share AutoResolved,
    Share FixSuccess,
    Share FalseClosures,
    int Unverifiable,
    IReadOnlyDictionary<EscalationReason, int> Escalations,
    Times TimeToResolution,
    Times TimeToDetect,
    Times TimeToDecide,
    Times TimeToAct,
    Times TimeToVerify)
{
    /// <summary>For the median of <see cref="TimeToResolution"/>.</summary>
    public static Target ResolutionTarget { get; } = Target.Below(180, "s");

    public static KpiReport Of(IEnumerable<Incident> incidents, DateTimeOffset since, DateTimeOffset? until = null)
    {
        var counted = incidents.Where(i => i.OpenedAt >= since && (until is null || i.OpenedAt < until)).ToList();
        var told = counted.Where(i => i.IsTold).ToList();
        var judged = told.Where(i => i.Outcome != IncidentOutcome.Held).ToList();
        var resolved = judged.Where(i => i.IsResolved).ToList();
        var acted = judged.Where(i => i.HasActed).ToList();
        var closed = told.Where(i => i.WasClosed).ToList();
        var escalations = told.Where(i => i.LeftBecause is not null).GroupBy(i => i.LeftBecause!.Value).OrderBy(g => g.Key).ToDictionary(g => g.Key, g => g.Count());
        return new KpiReport(
            since,
            until ?? DateTimeOffset.MaxValue,
            counted.Count,
            counted.Count - told.Count,
            new Share(resolved.Count, judged.Count, "ended resolved or answered and held, of all that ended and were not held by a person", Target.Above(70)),
            new Share(acted.Count(i => i.IsProved), acted.Count, "proved resolved or mitigated and not relapsed, of all in which something was done", Target.Above(90)),
            new Share(closed.Count(i => i.IsFalseClosure), closed.Count, "relapsed, or told by a person to be wrong, of all that were closed or answered", Target.Below(5)),
            escalations.GetValueOrDefault(EscalationReason.Unverifiable),
            escalations,
            Times.Of(resolved.Select(StageTimes.ToTell)),
            Times.Of(told.Where(i => !i.Found.IsEmpty).Select(StageTimes.ToDetect)),
            Times.Of(told.Select(StageTimes.ToDecide)),
            Times.Of(acted.Select(StageTimes.ToAct)),
            Times.Of(acted.Select(StageTimes.ToVerify)));
    }
}
