using FieldMedic.Incidents;

namespace FieldMedic.Kpis;

/// <summary>How long the parts of one incident took, by its timeline; null for a part that there was not.</summary>
internal static class StageTimes
{
    public static TimeSpan? ToTell(Incident incident) => Entered(incident, IncidentStage.Watch, IncidentStage.Over) is { } at ? at - incident.OpenedAt : null;

    public static TimeSpan? ToDetect(Incident incident) => Entered(incident, IncidentStage.Decide) is { } at ? at - incident.OpenedAt : null;

    public static TimeSpan? ToDecide(Incident incident)
    {
        var decide = incident.Timeline.ToList().FindIndex(m => m.Stage == IncidentStage.Decide);
        return decide >= 0 && decide + 1 < incident.Timeline.Length ? incident.Timeline[decide + 1].At - incident.Timeline[decide].At : null;
    }

    public static TimeSpan? ToAct(Incident incident)
    {
        var known = incident.Actions.Select(a => a.Elapsed).OfType<TimeSpan>().ToList();
        return known.Count == 0 ? null : known.Aggregate((sum, one) => sum + one);
    }

    public static TimeSpan? ToVerify(Incident incident)
    {
        var upToTheReport = incident.Timeline.TakeWhile(m => m.Stage != IncidentStage.Report).ToList();
        return upToTheReport.Count < incident.Timeline.Length && upToTheReport.FindLast(m => m.Stage == IncidentStage.Stabilize) is { } stabilize
            ? incident.Timeline[upToTheReport.Count].At - stabilize.At
            : null;
    }

    private static DateTimeOffset? Entered(Incident incident, params IncidentStage[] stages) => incident.Timeline.FirstOrDefault(m => stages.Contains(m.Stage))?.At;
}
