using FieldMedic.Compliance;
using FieldMedic.Journal;

namespace FieldMedic.Storage.Tests;

public sealed class SqliteJournalTests : JournalCompliance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override async Task<(IJournal Journal, ISystemLocks Locks)> OpenAsync()
    {
        var store = await SqliteStore.OpenAsync(_folder.File("journal.db"), Time, TestContext.Current.CancellationToken);
        return (store, store.Locks);
    }

    public void Dispose() => _folder.Dispose();
}
