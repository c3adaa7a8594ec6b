using FieldMedic.Hosting;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Report;

namespace FieldMedic.Mcp.Resources;

/// <summary>The report of an incident, written by the renderer of public comments.</summary>
internal static class Reports
{
    public static string Of(FieldMedicHost host, Incident incident, TimeProvider time)
    {
        var renderer = new ReportRenderer(host.Pack, new ProblemCatalogue(host.Pack), host.Redactor, time);
        return incident.Report is { } report ? renderer.Final(incident, report.Escalation) : renderer.Progress(incident);
    }
}
