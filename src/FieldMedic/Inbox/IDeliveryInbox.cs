using FieldMedic.Journal;

namespace FieldMedic.Inbox;

/// <summary>
/// Deliveries that were accepted and wait to be handled. Implementations promise: what was accepted survives a crash of the process
/// and of the machine, is handed out until it is finished, and is accepted once. Every failure is a <see cref="JournalException"/>.
/// </summary>
public interface IDeliveryInbox
{
    /// <summary>Returns when the delivery is durable: true when it is new, false when its id or its occurrence is known already.</summary>
    Task<bool> AcceptAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>Accepted and not finished, in the order of acceptance, those behind <paramref name="after"/> (0 for all).</summary>
    Task<IReadOnlyList<InboxEntry>> UnfinishedAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>It took effect, or never will; returns when that is durable. Finishing twice changes nothing.</summary>
    /// <param name="outcome">What became of it, for people; the first outcome stays.</param>
    Task FinishAsync(long sequence, string outcome, CancellationToken cancellationToken);

    /// <summary>What became of the newest finished delivery about an issue, those with <paramref name="except"/> left out; null when there is none.</summary>
    Task<string?> LastOutcomeAsync(string repository, int issue, string except, CancellationToken cancellationToken);

    /// <summary>Up to when a feed was read, by the tracker's clock; null when it never was.</summary>
    Task<DateTimeOffset?> MarkAsync(string feed, CancellationToken cancellationToken);

    Task SetMarkAsync(string feed, DateTimeOffset mark, CancellationToken cancellationToken);

    /// <summary>Forgets what was finished before a time and gives how many that were. What is forgotten would be accepted again.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
