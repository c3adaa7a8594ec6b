using FieldMedic.Compliance;
using FieldMedic.Inbox;
using FieldMedic.Testing;

namespace FieldMedic.Tests;

public sealed class InMemoryInboxTests : DeliveryInboxCompliance
{
    private InMemoryInbox? _inbox;

    protected override Task<IDeliveryInbox> OpenAsync() => Task.FromResult<IDeliveryInbox>(_inbox ??= new InMemoryInbox(Time));
}
