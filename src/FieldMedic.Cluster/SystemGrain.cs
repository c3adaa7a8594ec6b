using FieldMedic.Server.Dispatch;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Placement;

namespace FieldMedic.Cluster;

/// <inheritdoc cref="ISystemGrain"/>
// Anywhere: left to itself Orleans prefers the node that asks, and one node would do the work of all.
[RandomPlacement]
internal sealed class SystemGrain(NodeWork node, ClusterSettings settings, TimeProvider time, ILogger<SystemGrain> log) : LookingGrain(settings, time, log), ISystemGrain
{
    protected override Task OnceAsync()
    {
        node.Look(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }
}
