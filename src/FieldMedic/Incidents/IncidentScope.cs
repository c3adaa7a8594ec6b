namespace FieldMedic.Incidents;

/// <summary>Which findings an incident may treat: all, or the one problem (or kind of problem) and service an operator named.</summary>
internal static class IncidentScope
{
    public static bool Covers(this Incident incident, Finding finding)
        => (incident.OnlyProblem is null || incident.OnlyProblem == finding.Problem || incident.OnlyProblem == finding.CatalogueKind)
            && (incident.OnlyService is null || incident.OnlyService == finding.Service);
}
