namespace FieldMedic.Cluster;

/// <summary>One system under care, by its name: has its unfinished incidents looked after.</summary>
internal interface ISystemGrain : ILookingGrain;
