using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace FieldMedic.Cluster;

/// <summary>Wakes the grains that look after the systems and the inbox at the start and whenever a node is gone; every node does, for the one with a grain may be the one that died.</summary>
internal sealed class NodeWatch(IClusterMembershipService membership, IGrainFactory grains, ClusterSettings settings, TimeProvider time, ILogger<NodeWatch> log) : BackgroundService
{
    private static readonly TimeSpan AgainIn = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WakeAsync(stoppingToken).ConfigureAwait(false);
            HashSet<SiloAddress> active = [];
            await foreach (var now in membership.MembershipUpdates.WithCancellation(stoppingToken).ConfigureAwait(false))
            {
                var present = now.Members.Values.Where(m => m.Status == SiloStatus.Active).Select(m => m.SiloAddress).ToHashSet();
                var gone = active.Except(present).ToList();
                active = present;
                if (gone.Count > 0)
                {
                    gone.ForEach(node => ClusterLog.NodeGone(log, node.Endpoint.ToString()));
                    await WakeAsync(stoppingToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private Task WakeAsync(CancellationToken stoppingToken)
        => Task.WhenAll(settings.Systems.Select(ILookingGrain (s) => grains.GetGrain<ISystemGrain>(s)).Append(grains.GetGrain<IInboxGrain>(InboxGrain.Key)).Select(g => WakeAsync(g, stoppingToken)));

    private async Task WakeAsync(ILookingGrain grain, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await grain.LookAsync().WaitAsync(stoppingToken).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                ClusterLog.NoAnswer(log, grain.GetPrimaryKeyString(), e.Message);
                await Task.Delay(AgainIn, time, stoppingToken).ConfigureAwait(false);
            }
        }
    }
}
