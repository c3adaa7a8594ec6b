using FieldMedic.Journal;

namespace FieldMedic.Storage;

/// <summary>What an operator does with a whole store. Every failure is a <see cref="JournalException"/>.</summary>
public interface IStoreUpkeep
{
    /// <summary>Every event, by incident and sequence; of an incident that goes on meanwhile, what there was when it was read.</summary>
    IAsyncEnumerable<StoredEvent> EventsAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<StoredPause>> PausesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Adds whole incidents, by incident and sequence, and pauses: all of them or, when anything fails, the enumeration of the events
    /// included, none.
    /// </summary>
    /// <exception cref="ImportRefusedException">An incident is in the store already.</exception>
    Task AddAsync(IAsyncEnumerable<StoredEvent> events, IReadOnlyCollection<StoredPause> pauses, CancellationToken cancellationToken);

    /// <summary>How many incidents are over, and have been left alone since a time.</summary>
    Task<int> CountOverAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>
    /// Removes such incidents whole, some at a time, so that nobody who writes has to wait long; gives how many. One that something happens
    /// to meanwhile stays.
    /// </summary>
    Task<int> RemoveOverAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>What is wrong with the store itself, by its own checks and settings; empty when nothing is.</summary>
    Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken);
}
