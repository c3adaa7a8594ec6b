using FieldMedic.Server.Dispatch;
using Orleans;
using Orleans.Placement;

namespace FieldMedic.Cluster;

/// <inheritdoc cref="IIncidentGrain"/>
// Anywhere: left to itself Orleans prefers the node that asks, and one node would do the work of all.
[RandomPlacement]
internal sealed class IncidentGrain(NodeWork node) : Grain, IIncidentGrain
{
    public Task<bool> TakeAsync(long sequence, string delivery) => node.TryTakeAsync(sequence, delivery, CancellationToken.None);
}
