using FieldMedic.Inbox;
using FieldMedic.Journal;

namespace FieldMedic.Storage;

/// <summary>A store: the journal, and what is kept beside it under the same promises.</summary>
public interface IStore : IJournal, IAsyncDisposable
{
    ISystemLocks Locks { get; }

    IControls Controls { get; }

    IStoreUpkeep Upkeep { get; }

    /// <summary>The inbox of deliveries that belongs to it; whoever opens it disposes of it.</summary>
    /// <exception cref="JournalException">It cannot be opened.</exception>
    Task<IDeliveryInbox> OpenInboxAsync(CancellationToken cancellationToken);
}
