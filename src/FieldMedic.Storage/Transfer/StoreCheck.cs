using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Storage.Transfer;

/// <summary>Whether everything in a store replays, and its list of incidents says what their events say.</summary>
/// <param name="Faults">What is wrong; empty when nothing is.</param>
public sealed record StoreCheck(int Incidents, long Events, IReadOnlyList<string> Faults)
{
    /// <exception cref="JournalException">The store cannot be read.</exception>
    public static async Task<StoreCheck> RunAsync(IStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var faults = new List<string>(await store.Upkeep.FaultsAsync(cancellationToken).ConfigureAwait(false));
        var headers = (await store.ListAsync(null, null, int.MaxValue, cancellationToken).ConfigureAwait(false)).ToDictionary(h => h.Id);
        var (incidents, events) = (0, 0L);
        var one = new List<StoredEvent>();
        await foreach (var stored in store.Upkeep.EventsAsync(cancellationToken).ConfigureAwait(false))
        {
            events++;
            if (one.Count > 0 && one[0].Incident != stored.Incident)
            {
                End();
            }

            one.Add(stored);
        }

        End();
        faults.AddRange(headers.Keys.Select(id => $"{id} is in the list and has no events"));
        return new StoreCheck(incidents, events, faults);

        void End()
        {
            if (one.Count > 0)
            {
                incidents++;
                headers.Remove(new IncidentId(one[0].Incident), out var header);
                faults.AddRange(FaultOf(one, header) is { } fault ? [$"{one[0].Incident}: {fault}"] : []);
                one.Clear();
            }
        }
    }

    private static string? FaultOf(List<StoredEvent> events, IncidentHeader? header)
    {
        try
        {
            var entries = events.ConvertAll(e => e.Entry());
            if (entries[^1].Sequence != entries.Count)
            {
                return $"it has {entries.Count} events and the last is number {entries[^1].Sequence}";
            }

            var incident = Incident.Fold(entries)!;
            var lifecycle = entries.Select(e => IncidentHeader.After(e.Event)).LastOrDefault(l => l is not null);
            var issues = incident.Issues.Select(i => i.Issue);
            return header is null ? "it is not in the list"
                : header.System != incident.System || header.Lifecycle != lifecycle || !issues.ToHashSet().SetEquals(header.Issues) ? "the list says something else than its events"
                : null;
        }
        catch (Exception e)
        {
            return $"it does not replay: {e.Message}";
        }
    }
}
