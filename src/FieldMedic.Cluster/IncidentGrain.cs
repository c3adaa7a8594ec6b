using FieldMedic.Server.Dispatch;
using Orleans;

namespace FieldMedic.Cluster;

/// <inheritdoc cref="IIncidentGrain"/>
internal sealed class IncidentGrain(NodeWork node) : Grain, IIncidentGrain
{
    public Task<bool> TakeAsync(long sequence, string delivery) => node.TryTakeAsync(sequence, delivery, CancellationToken.None);
}
