using System.Collections.Concurrent;
using FieldMedic.Inbox;
using FieldMedic.Server.Dispatch;

namespace FieldMedic.Server.Tests.Harness;

/// <summary>Notes what it is given, and answers as told.</summary>
internal sealed class CollectingHandler : IDeliveryHandler
{
    public ConcurrentQueue<Delivery> Acknowledged { get; } = new();

    public ConcurrentQueue<Delivery> Handled { get; } = new();

    public Func<Delivery, CancellationToken, Task<Handling>> Answer { get; set; } = (_, _) => Task.FromResult<Handling>(new Handling.Finished("done"));

    public Func<Delivery, Task> Acknowledge { get; set; } = _ => Task.CompletedTask;

    public Task AcknowledgeAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        Acknowledged.Enqueue(delivery);
        return Acknowledge(delivery);
    }

    public Task<Handling> HandleAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        Handled.Enqueue(delivery);
        return Answer(delivery, cancellationToken);
    }
}
