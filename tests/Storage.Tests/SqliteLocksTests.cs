using FieldMedic.Compliance;
using FieldMedic.Journal;

namespace FieldMedic.Storage.Tests;

public sealed class SqliteLocksTests : SystemLocksCompliance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override async Task<ISystemLocks> OpenAsync()
        => (await SqliteStore.OpenAsync(_folder.File("journal.db"), Time, TestContext.Current.CancellationToken)).Locks;

    public void Dispose() => _folder.Dispose();
}
