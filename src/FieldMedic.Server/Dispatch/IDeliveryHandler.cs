using FieldMedic.Inbox;

namespace FieldMedic.Server.Dispatch;

/// <summary>Gives deliveries their effect. Each may come more than once (a crash comes between effect and note), so doing it again must change nothing.</summary>
internal interface IDeliveryHandler
{
    /// <summary>Shows whoever did it that it was seen, at once, before its turn. Failing is no harm.</summary>
    Task AcknowledgeAsync(Delivery delivery, CancellationToken cancellationToken);

    Task<Handling> HandleAsync(Delivery delivery, CancellationToken cancellationToken);
}
