using FieldMedic.Incidents;

namespace FieldMedic.Kpis;

/// <summary>
/// A period for the people who run the system, as a pure fold of incidents: what recurs, which remedies help, what to automate next.
/// The most frequent comes first.
/// </summary>
public sealed record ReviewReport(KpiReport Figures, IReadOnlyList<FaultFigures> Faults, IReadOnlyList<RemedyFigures> Remedies, IReadOnlyList<LeftToPeople> Next)
{
    public static ReviewReport Of(IEnumerable<Incident> incidents, DateTimeOffset since, DateTimeOffset until)
    {
        var counted = incidents.Where(i => i.OpenedAt >= since && i.OpenedAt < until).ToList();
        return new ReviewReport(KpiReport.Of(counted, since, until), [.. FaultsOf(counted)], [.. RemediesOf(counted)], [.. NextOf(counted)]);
    }

    private static IEnumerable<FaultFigures> FaultsOf(List<Incident> incidents) => incidents
        .Where(i => !i.Found.IsEmpty)
        .GroupBy(i => i.Found[0].Key)
        .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => new FaultFigures(g.Key, g.Count(), g.Count(i => i.IsResolved), g.Count(i => i.IsFalseClosure)));

    private static IEnumerable<RemedyFigures> RemediesOf(List<Incident> incidents) => incidents
        .SelectMany(i => i.Actions.GroupBy(a => a.Action.Remedy).Select(g => (Remedy: g.Key, Incident: i, Actions: g.ToList())))
        .GroupBy(u => u.Remedy)
        .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => new RemedyFigures(
            g.Key,
            g.Sum(u => u.Actions.Count),
            g.Sum(u => u.Actions.Count(a => a.Succeeded != true)),
            g.Count(),
            g.Count(u => u.Incident.IsProved),
            g.Sum(u => u.Actions.Sum(a => a.Elapsed?.TotalSeconds ?? 0))));

    private static IEnumerable<LeftToPeople> NextOf(List<Incident> incidents) => incidents
        .Where(i => i.IsTold && i.LeftBecause is not null)
        .GroupBy(i => (Fault: i.Found.IsEmpty ? "nothing found" : i.Found[0].Key, Reason: i.LeftBecause!.Value))
        .OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Fault, StringComparer.Ordinal)
        .Select(g => new LeftToPeople(g.Key.Fault, g.Count(), g.Key.Reason, Advice(g.Key.Reason)));

    private static string Advice(EscalationReason reason) => reason switch
    {
        EscalationReason.NotFixable => "a remedy in the pack",
        EscalationReason.RemediesExhausted or EscalationReason.AttemptsSpent or EscalationReason.Regressed or EscalationReason.Relapsed => "another remedy: those there are do not last",
        EscalationReason.NotReproduced or EscalationReason.NotExplained => "a probe that sees what is complained about, or a symptom that names it",
        EscalationReason.CannotObserve or EscalationReason.PartlyUnobserved or EscalationReason.Unverifiable => "a way to measure it",
        EscalationReason.LimitReached or EscalationReason.BreakerOpen or EscalationReason.TooManySick => "the cause: it is needed too often",
        EscalationReason.LimitUnreadable => "a store that answers",
        EscalationReason.Paused => "the switch turned on again",
        _ => "a person",
    };
}
