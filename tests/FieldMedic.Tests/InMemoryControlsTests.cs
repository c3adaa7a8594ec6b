using FieldMedic.Compliance;
using FieldMedic.Journal;
using FieldMedic.Testing;

namespace FieldMedic.Tests;

public sealed class InMemoryControlsTests : ControlsCompliance
{
    private InMemoryStore? _store;

    protected override Task<IControls> OpenAsync() => Task.FromResult<IControls>(_store ??= new InMemoryStore(Time));
}
