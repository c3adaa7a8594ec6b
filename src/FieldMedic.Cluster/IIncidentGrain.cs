using Orleans;

namespace FieldMedic.Cluster;

/// <summary>
/// The trouble one issue tells of, by the name: the node where it is active works on the deliveries. An incident serves
/// several issues; which of their nodes drives it is decided by the system's lease.
/// </summary>
internal interface IIncidentGrain : IGrainWithStringKey
{
    /// <summary>Has the delivery worked on, unless it is in hand or finished.</summary>
    /// <returns>False when there is no room for it now.</returns>
    Task<bool> TakeAsync(long sequence, string delivery);
}
