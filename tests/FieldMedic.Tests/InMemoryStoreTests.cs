using FieldMedic.Compliance;
using FieldMedic.Journal;
using FieldMedic.Testing;

namespace FieldMedic.Tests;

/// <summary>The store that the flow tests stand on keeps the same promises as a real one.</summary>
public sealed class InMemoryStoreTests : JournalCompliance
{
    protected override Task<(IJournal Journal, ISystemLocks Locks)> OpenAsync()
    {
        var store = new InMemoryStore(Time);
        return Task.FromResult<(IJournal, ISystemLocks)>((store, store));
    }
}
