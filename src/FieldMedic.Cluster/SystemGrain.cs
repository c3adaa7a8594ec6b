using FieldMedic.Server.Dispatch;
using Microsoft.Extensions.Logging;
using Orleans;

namespace FieldMedic.Cluster;

/// <inheritdoc cref="ISystemGrain"/>
internal sealed class SystemGrain(NodeWork node, ClusterSettings settings, TimeProvider time, ILogger<SystemGrain> log) : LookingGrain(settings, time, log), ISystemGrain
{
    protected override Task OnceAsync()
    {
        node.Look(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }
}
