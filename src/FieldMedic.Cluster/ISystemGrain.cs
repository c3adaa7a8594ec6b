using Orleans;

namespace FieldMedic.Cluster;

/// <summary>One system under care, by its name. Sees to it that what a node left behind goes on at another.</summary>
internal interface ISystemGrain : IGrainWithStringKey
{
    /// <summary>Hands out every unfinished delivery and has the unfinished incidents looked after; again and again until old leases have ended.</summary>
    Task LookAsync();
}
