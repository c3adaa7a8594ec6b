using FieldMedic.Inbox;
using FieldMedic.Server.Watching;

namespace FieldMedic.Server.Dispatch;

/// <summary>Which system under care a delivery is about: the one whose repository it comes from.</summary>
internal sealed class SystemRoutes(IReadOnlyList<SystemRoutes.Route> routes) : IDeliveryHandler
{
    /// <summary>One system under care.</summary>
    /// <param name="Handler">Works on its deliveries.</param>
    /// <param name="Bell">Makes its watcher look.</param>
    internal sealed record Route(string System, string Repository, IDeliveryHandler Handler, WatchBell Bell);

    public Task AcknowledgeAsync(Delivery delivery, CancellationToken cancellationToken)
        => Of(delivery)?.Handler.AcknowledgeAsync(delivery, cancellationToken) ?? Task.CompletedTask;

    public Task<Handling> HandleAsync(Delivery delivery, CancellationToken cancellationToken) => delivery.Kind is DeliveryKind.Ping or DeliveryKind.Installation
        ? Task.FromResult<Handling>(new Handling.Finished("noted"))
        // Accepted once, and its system was taken out of the configuration since.
        : Of(delivery)?.Handler.HandleAsync(delivery, cancellationToken) ?? Task.FromResult<Handling>(new Handling.Finished("no_system"));

    public Route? Of(Delivery delivery) => routes.FirstOrDefault(r => string.Equals(r.Repository, delivery.Repository, StringComparison.OrdinalIgnoreCase));

    public Route? Named(string system) => routes.FirstOrDefault(r => r.System == system);
}
