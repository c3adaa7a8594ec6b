namespace FieldMedic.Incidents;

/// <summary>Which findings an incident may treat: all, or the one problem (and service) an operator named.</summary>
internal static class IncidentScope
{
    public static bool Covers(this Incident incident, Finding finding)
        => (incident.OnlyProblem is null || incident.OnlyProblem == finding.Problem)
            && (incident.OnlyService is null || incident.OnlyService == finding.Service);

    public static bool CoversKey(this Incident incident, string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? incident.Covers(new Finding(key, null, "", []))
            : incident.Covers(new Finding(key[..slash], key[(slash + 1)..], "", []));
    }
}
