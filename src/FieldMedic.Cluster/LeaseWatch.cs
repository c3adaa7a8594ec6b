using FieldMedic.Journal;
using FieldMedic.Server.Dispatch;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FieldMedic.Cluster;

/// <summary>
/// Goes on with what a gone node was in the middle of, as soon as its lease is over, whatever the cluster believes of that node. Every node
/// does; the lease lets one of them act.
/// </summary>
internal sealed class LeaseWatch(NodeWork node, TimeProvider time, ILogger<LeaseWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        var isReadable = true;
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                foreach (var system in await node.AbandonedAsync(stoppingToken).ConfigureAwait(false))
                {
                    node.Look(system);
                }

                isReadable = true;
            }
            catch (JournalException e)
            {
                if (isReadable)
                {
                    ClusterLog.NoLeases(log, e.Message);
                }

                isReadable = false;
            }
        }
    }
}
