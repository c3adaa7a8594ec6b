using System.ComponentModel;
using FieldMedic.Hosting;
using FieldMedic.Mcp.Answers;
using FieldMedic.Mcp.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace FieldMedic.Mcp.Resources;

/// <summary>Reports of incidents, as they stand on the issues.</summary>
[McpServerResourceType]
internal sealed class ReportResources(FieldMedicHost host, Answer answer, TimeProvider time)
{
    private const int Listed = 100;

    [McpServerResource(UriTemplate = "fieldmedic://reports", Name = "reports", Title = "Incidents", MimeType = "application/json")]
    [Description("The newest incidents; the report of each is fieldmedic://reports/ followed by its id.")]
    public async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        var headers = await host.Journal.ListAsync(host.Pack.System, null, Listed, cancellationToken).ConfigureAwait(false);
        return answer.Text(new { incidents = headers.Select(h => new { incident = h.Id.Value, opened_at = h.OpenedAt, lifecycle = h.Lifecycle, issues = h.Issues.Select(i => i.Number).ToArray() }).ToArray() });
    }

    [McpServerResource(UriTemplate = "fieldmedic://reports/{incident}", Name = "report", Title = "Report of an incident", MimeType = "text/markdown")]
    [Description("The report of one incident.")]
    public async Task<string> ReportAsync(string incident, CancellationToken cancellationToken)
    {
        try
        {
            var found = await IncidentChoice.FindAsync(host, incident, cancellationToken).ConfigureAwait(false);
            await host.LearnSecretsAsync(cancellationToken).ConfigureAwait(false);
            return Reports.Of(host, found, time);
        }
        catch (ArgumentMistake e)
        {
            throw new McpProtocolException(e.Message, McpErrorCode.ResourceNotFound);
        }
    }
}
