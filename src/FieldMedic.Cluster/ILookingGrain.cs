using Orleans;

namespace FieldMedic.Cluster;

/// <summary>Sees to it that what a node left behind goes on at another.</summary>
internal interface ILookingGrain : IGrainWithStringKey
{
    /// <summary>Looks now, and again and again until old leases have ended.</summary>
    Task LookAsync();
}

/// <summary>One system under care, by its name: has its unfinished incidents looked after.</summary>
internal interface ISystemGrain : ILookingGrain;

/// <summary>The inbox, one in a cluster: hands out every unfinished delivery.</summary>
internal interface IInboxGrain : ILookingGrain;
