using FieldMedic.Compliance;
using FieldMedic.Journal;
using FieldMedic.Testing;

namespace FieldMedic.Tests;

public sealed class InMemoryLocksTests : SystemLocksCompliance
{
    protected override Task<ISystemLocks> OpenAsync() => Task.FromResult<ISystemLocks>(new InMemoryStore(Time));
}
