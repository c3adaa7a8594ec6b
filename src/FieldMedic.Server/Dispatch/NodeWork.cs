using FieldMedic.Inbox;
using FieldMedic.Journal;
using FieldMedic.Server.Watching;

namespace FieldMedic.Server.Dispatch;

/// <summary>What other nodes may ask this one to do.</summary>
public sealed class NodeWork
{
    private readonly IDeliveryInbox _inbox;
    private readonly Dispatcher _dispatcher;
    private readonly SystemRoutes _routes;
    private readonly ISystemLocks _locks;

    internal NodeWork(IDeliveryInbox inbox, Dispatcher dispatcher, SystemRoutes routes, ISystemLocks locks) => (_inbox, _dispatcher, _routes, _locks) = (inbox, dispatcher, routes, locks);

    /// <summary>Works on a delivery here; the inbox is asked first, for whoever handed it over may be behind the times.</summary>
    /// <returns>False when there is no room for it now.</returns>
    /// <exception cref="JournalException">The inbox cannot be read.</exception>
    public async Task<bool> TryTakeAsync(long sequence, string delivery, CancellationToken cancellationToken)
        => _dispatcher.IsInHand(sequence)
            || await _inbox.UnfinishedAsync(sequence - 1, 1, cancellationToken).ConfigureAwait(false) is not [{ } entry]
            || entry.Sequence != sequence
            || entry.Delivery.Id != delivery
            || _dispatcher.TryTake(entry);

    /// <summary>Every delivery that nobody has finished, behind a place in the inbox.</summary>
    /// <exception cref="JournalException">The inbox cannot be read.</exception>
    public Task<IReadOnlyList<InboxEntry>> UnfinishedAsync(long after, int limit, CancellationToken cancellationToken) => _inbox.UnfinishedAsync(after, limit, cancellationToken);

    /// <summary>Systems in the middle of whose incidents a node is gone.</summary>
    /// <exception cref="JournalException">The store cannot be read.</exception>
    public Task<IReadOnlyList<string>> AbandonedAsync(CancellationToken cancellationToken) => _locks.AbandonedAsync(cancellationToken);

    /// <summary>Looks after the unfinished incidents of a system now.</summary>
    public void Look(string system) => _routes.Named(system)?.Bell.Ring();
}
