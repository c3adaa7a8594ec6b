using System.Globalization;
using FieldMedic.Inbox;
using FieldMedic.Server.Dispatch;
using Microsoft.Extensions.Logging;
using Orleans;

namespace FieldMedic.Cluster;

/// <summary>Hands a delivery to the node where its issue's grain is.</summary>
internal sealed class Placement(IGrainFactory grains, ILogger<Placement> log) : IWorkPlacement
{
    public async Task<bool> HandOverAsync(InboxEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            // Without room over there the system's grain asks again.
            await grains.GetGrain<IIncidentGrain>(Name(entry)).TakeAsync(entry.Sequence, entry.Delivery.Id).WaitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Two nodes on one delivery do no harm: the lease lets one of them act.
            ClusterLog.NotHandedOver(log, entry.Sequence, e.Message);
            return false;
        }
    }

    /// <summary>As <see cref="HandOverAsync"/>, for whoever asks again anyhow.</summary>
    public static async Task AskAsync(IGrainFactory grains, InboxEntry entry)
    {
        try
        {
            await grains.GetGrain<IIncidentGrain>(Name(entry)).TakeAsync(entry.Sequence, entry.Delivery.Id).ConfigureAwait(true);
        }
        catch (Exception)
        {
            // The next look finds it again.
        }
    }

    private static string Name(InboxEntry entry) => entry.Delivery is { Repository: { } repository, Issue: { } issue }
        ? string.Create(CultureInfo.InvariantCulture, $"{repository}#{issue}")
        : entry.Delivery.Id;
}
