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

    /// <summary>What is wrong with the store itself, by its own checks and settings; empty when nothing is.</summary>
    Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken);
}
