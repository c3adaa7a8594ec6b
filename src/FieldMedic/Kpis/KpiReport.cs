using FieldMedic.Incidents;

namespace FieldMedic.Kpis;

/// <summary>How well it works, as a pure fold of incidents.</summary>
/// <param name="Since">Incidents opened from then on are counted.</param>
/// <param name="Incidents">How many there are, unfinished ones included.</param>
/// <param name="Unfinished">Neither ended nor closed yet; they count nowhere else.</param>
/// <param name="AutoResolved">Resolved without a person.</param>
/// <param name="FixSuccess">Repairs that were proved.</param>
/// <param name="FalseClosures">Closes that did not hold.</param>
/// <param name="Unverifiable">Escalated because it could not be measured; a category of its own.</param>
/// <param name="Escalations">By reason.</param>
/// <param name="TimeToResolution">From opening to the close, of those that were resolved.</param>
public sealed record KpiReport(
    DateTimeOffset Since,
    int Incidents,
    int Unfinished,
    Share AutoResolved,
    Share FixSuccess,
    Share FalseClosures,
    int Unverifiable,
    IReadOnlyDictionary<EscalationReason, int> Escalations,
    Times TimeToResolution)
{
    public static KpiReport Of(IEnumerable<Incident> incidents, DateTimeOffset since)
    {
        var counted = incidents.Where(i => i.OpenedAt >= since).ToList();
        var told = counted.Where(i => i is { Outcome: not null, Report: not null } && i.Stage is IncidentStage.Watch or IncidentStage.Over).ToList();
        var judged = told.Where(i => i.Outcome != IncidentOutcome.Held).ToList();
        var resolved = judged.Where(IsResolved).ToList();
        var acted = judged.Where(i => i.HasActed).ToList();
        var closed = told.Where(i => IsResolved(i) || i.Relapse is not null).ToList();
        var escalations = told.Where(i => i.Report!.Escalation is not null).GroupBy(i => i.Report!.Escalation!.Value).OrderBy(g => g.Key).ToDictionary(g => g.Key, g => g.Count());
        return new KpiReport(
            since,
            counted.Count,
            counted.Count - told.Count,
            new Share(resolved.Count, judged.Count, "ended resolved or answered, of all that ended and were not held by a person"),
            new Share(acted.Count(i => i.Verified?.Verdict is Verdict.Resolved or Verdict.Mitigated && i.Relapse is null), acted.Count, "proved resolved or mitigated and not relapsed, of all in which something was done"),
            new Share(closed.Count(i => i.Relapse is not null || i.Issues.Any(s => s.Disputed)), closed.Count, "relapsed, or told by a person to be wrong, of all that were closed or answered"),
            escalations.GetValueOrDefault(EscalationReason.Unverifiable),
            escalations,
            Times.Of(resolved.Select(TimeToTell).OfType<TimeSpan>()));
    }

    private static bool IsResolved(Incident incident) => incident.Outcome is IncidentOutcome.Closed or IncidentOutcome.Answered;

    private static TimeSpan? TimeToTell(Incident incident)
        => incident.Timeline.FirstOrDefault(m => m.Stage is IncidentStage.Watch or IncidentStage.Over) is { } mark ? mark.At - incident.OpenedAt : null;
}
