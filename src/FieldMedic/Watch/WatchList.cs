using System.Collections.Immutable;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Watch;

/// <summary>
/// What is remembered of watched incidents between two looks, so that thousands can be watched: until when, and which problems must not
/// come back. It decides only whether one is taken up; whether it relapsed is then measured anew, under the lease.
/// </summary>
internal sealed class WatchList(MedicPorts ports)
{
    private readonly ProblemCatalogue _catalogue = new(ports.System.Pack);
    private readonly Sweep _sweep = new(ports.System, ports.Time);
    private ImmutableDictionary<IncidentId, Card> _cards = ImmutableDictionary<IncidentId, Card>.Empty;

    private DateTimeOffset Now => ports.Time.GetUtcNow();

    /// <summary>A look at the system, unless nothing is watched.</summary>
    /// <param name="unfinished">What is unfinished now; the rest is forgotten.</param>
    public async Task<Round> BeginAsync(IReadOnlyList<IncidentHeader> unfinished, CancellationToken cancellationToken)
    {
        var watched = unfinished.Where(h => h.Lifecycle == IncidentLifecycle.Watching).Select(h => h.Id).ToHashSet();
        ImmutableInterlocked.Update(ref _cards, (cards, ids) => cards.RemoveRange(cards.Keys.Where(k => !ids.Contains(k))), watched);
        var seen = watched.Count == 0 ? [] : _catalogue.Roots(_catalogue.Judge(await _sweep.TakeAsync(cancellationToken).ConfigureAwait(false)).Findings);
        return new Round(this, [.. seen.Select(f => f.Key)]);
    }

    private async Task<Card?> CardAsync(IncidentHeader header, CancellationToken cancellationToken)
    {
        if (_cards.TryGetValue(header.Id, out var known) && known.LastAt == header.LastAt)
        {
            return known;
        }

        var incident = Incident.Fold(await ports.Journal.ReadAsync(header.Id, cancellationToken).ConfigureAwait(false));
        if (incident is not { Stage: IncidentStage.Watch, WatchUntil: { } until })
        {
            return null;
        }

        var card = new Card(header.LastAt, until, [.. incident.Proof?.Gone ?? []]);
        ImmutableInterlocked.Update(ref _cards, (cards, made) => cards.SetItem(made.Id, made.Card), (header.Id, Card: card));
        return card;
    }

    /// <param name="LastAt">When something last happened to the incident; another time means that the card is out of date.</param>
    private sealed record Card(DateTimeOffset LastAt, DateTimeOffset Until, ImmutableArray<string> Gone);

    /// <summary>One look: the problems that were seen in it.</summary>
    internal sealed class Round(WatchList list, ImmutableHashSet<string> seen)
    {
        /// <summary>Is it to be taken up now?</summary>
        public async Task<bool> NeedsUsAsync(IncidentHeader header, CancellationToken cancellationToken)
        {
            try
            {
                var card = await list.CardAsync(header, cancellationToken).ConfigureAwait(false);
                return card is null || list.Now >= card.Until || card.Gone.Any(seen.Contains);
            }
            catch (JournalException)
            {
                // Taking it up says what is wrong with it, and the others are looked at all the same.
                return true;
            }
        }
    }
}
