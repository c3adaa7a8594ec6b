using System.Threading.Channels;
using FieldMedic.Inbox;

namespace FieldMedic.Server.Webhooks;

/// <summary>The one way into the inbox, for webhooks and the poller alike; it rings for the dispatcher.</summary>
internal sealed class InboxDoor(IDeliveryInbox inbox)
{
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>True when it is new. Durable when this returns.</summary>
    public async Task<bool> AcceptAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var isNew = await inbox.AcceptAsync(delivery, cancellationToken).ConfigureAwait(false);
        if (isNew)
        {
            _bell.Writer.TryWrite(true);
        }

        return isNew;
    }

    /// <summary>Waits until something was accepted since the last wait.</summary>
    public ValueTask<bool> RungAsync(CancellationToken cancellationToken) => _bell.Reader.ReadAsync(cancellationToken);
}
