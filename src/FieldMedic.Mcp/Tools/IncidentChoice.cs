using FieldMedic.Hosting;
using FieldMedic.Incidents;
using FieldMedic.Mcp.Answers;

namespace FieldMedic.Mcp.Tools;

/// <summary>An incident of the pack's system: by an id the journal lists, or the newest.</summary>
internal static class IncidentChoice
{
    private const int Most = 10_000;

    public static async Task<Incident> FindAsync(FieldMedicHost host, string? id, CancellationToken cancellationToken)
    {
        var headers = await host.Journal.ListAsync(host.Pack.System, null, id is null ? 1 : Most, cancellationToken).ConfigureAwait(false);
        var header = id is null ? headers.FirstOrDefault() : headers.FirstOrDefault(h => h.Id.Value == id);
        var incident = header is null ? null : await host.Medic.GetIncidentAsync(header.Id, cancellationToken).ConfigureAwait(false);
        return incident ?? throw new ArgumentMistake(headers.Count == 0
            ? "There are no incidents yet."
            : $"There is no such incident. The newest are: {string.Join(", ", headers.Take(5).Select(h => h.Id.Value))}.");
    }
}
