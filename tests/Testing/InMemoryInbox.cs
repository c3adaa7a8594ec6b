using FieldMedic.Inbox;
using FieldMedic.Journal;

namespace FieldMedic.Testing;

/// <summary>The inbox in memory. Survives the "crash" of whoever uses it, as a file would.</summary>
public sealed class InMemoryInbox(TimeProvider time) : IDeliveryInbox
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _marks = new(StringComparer.Ordinal);
    private readonly List<Kept> _kept = [];
    private readonly HashSet<string> _occurrences = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>Throws as a broken store would, while set.</summary>
    public string? Broken { get; set; }

    /// <summary>Called with each entry that was finished and its outcome.</summary>
    public Action<InboxEntry, string>? Finished { get; set; }

    public IReadOnlyList<(Delivery Delivery, string? Outcome)> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _kept.Select(k => (k.Entry.Delivery, k.Outcome))];
            }
        }
    }

    public Task<bool> AcceptAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            if (_ids.Contains(delivery.Id) || (delivery.Occurrence is { } occurrence && !_occurrences.Add(occurrence)))
            {
                return Task.FromResult(false);
            }

            _ids.Add(delivery.Id);
            _kept.Add(new Kept(new InboxEntry(_kept.Count + 1, delivery)));
            return Task.FromResult(true);
        }
    }

    public Task<IReadOnlyList<InboxEntry>> UnfinishedAsync(long after, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            return Task.FromResult<IReadOnlyList<InboxEntry>>([.. _kept.Where(k => k.Outcome is null && k.Entry.Sequence > after).Take(limit).Select(k => k.Entry)]);
        }
    }

    public Task FinishAsync(long sequence, string outcome, CancellationToken cancellationToken)
    {
        Kept kept;
        lock (_gate)
        {
            Check();
            kept = _kept.Single(k => k.Entry.Sequence == sequence);
            kept.Outcome ??= outcome;
            kept.FinishedAt ??= time.GetUtcNow();
        }

        Finished?.Invoke(kept.Entry, outcome);
        return Task.CompletedTask;
    }

    public Task<string?> LastOutcomeAsync(string repository, int issue, string except, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            return Task.FromResult(_kept.LastOrDefault(k => k.Entry.Delivery.Repository == repository && k.Entry.Delivery.Issue == issue && k.Outcome is not null && k.Outcome != except)?.Outcome);
        }
    }

    public Task<DateTimeOffset?> MarkAsync(string feed, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            return Task.FromResult<DateTimeOffset?>(_marks.TryGetValue(feed, out var mark) ? mark : null);
        }
    }

    public Task SetMarkAsync(string feed, DateTimeOffset mark, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            _marks[feed] = mark;
            return Task.CompletedTask;
        }
    }

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            return Task.FromResult(_kept.RemoveAll(k => k.FinishedAt < before));
        }
    }

    private void Check()
    {
        if (Broken is not null)
        {
            throw new JournalException(Broken);
        }
    }

    private sealed record Kept(InboxEntry Entry)
    {
        public string? Outcome { get; set; }

        public DateTimeOffset? FinishedAt { get; set; }
    }
}
