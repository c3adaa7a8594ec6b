using FieldMedic.Compliance;
using FieldMedic.Journal;

namespace FieldMedic.Storage.Tests;

public sealed class SqliteControlsTests : ControlsCompliance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override async Task<IControls> OpenAsync()
        => (await SqliteStore.OpenAsync(_folder.File("journal.db"), Time, TestContext.Current.CancellationToken)).Controls;

    public void Dispose() => _folder.Dispose();
}
