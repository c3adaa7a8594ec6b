namespace FieldMedic.Incidents;

/// <summary>An action whose outcome the way to the system swallowed.</summary>
/// <param name="Finding">Key of the finding it was to treat.</param>
/// <param name="Until">It may be under way until then: its budget is the most it may take.</param>
public sealed record CutOff(string Finding, DateTimeOffset Until)
{
    internal static CutOff? Of(Incident incident, PlannedAction action)
        => incident.Plan is { } plan && incident.Actions.LastOrDefault(a => a.Action == action) is { } record
            ? new CutOff(plan.Finding, record.StartedAt + action.Budget)
            : null;
}
