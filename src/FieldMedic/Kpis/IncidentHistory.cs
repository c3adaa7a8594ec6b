using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Kpis;

/// <summary>The incidents of a time, folded from the journal.</summary>
public static class IncidentHistory
{
    /// <summary>Those of a system that were opened from <paramref name="since"/> on, oldest first.</summary>
    /// <exception cref="JournalException">The store cannot be read.</exception>
    public static async Task<IReadOnlyList<Incident>> ReadAsync(IJournal journal, string system, DateTimeOffset since, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var incidents = new List<Incident>();
        foreach (var header in (await journal.ListAsync(system, null, int.MaxValue, cancellationToken).ConfigureAwait(false)).Where(h => h.OpenedAt >= since).Reverse())
        {
            if (Incident.Fold(await journal.ReadAsync(header.Id, cancellationToken).ConfigureAwait(false)) is { } incident)
            {
                incidents.Add(incident);
            }
        }

        return incidents;
    }
}
