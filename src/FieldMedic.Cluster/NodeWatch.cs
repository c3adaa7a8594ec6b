using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace FieldMedic.Cluster;

/// <summary>Wakes the system's grain at the start and whenever a node is gone; every node does, for the one with the grain may be the one that died.</summary>
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

    private async Task WakeAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await grains.GetGrain<ISystemGrain>(settings.System).LookAsync().WaitAsync(stoppingToken).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                ClusterLog.NoAnswer(log, e.Message);
                await Task.Delay(AgainIn, time, stoppingToken).ConfigureAwait(false);
            }
        }
    }
}
