using Orleans;

namespace FieldMedic.Cluster;

/// <summary>Sees to it that what a node left behind goes on at another.</summary>
internal interface ILookingGrain : IGrainWithStringKey
{
    /// <summary>Looks now, and again and again until old leases have ended.</summary>
    Task LookAsync();
}
