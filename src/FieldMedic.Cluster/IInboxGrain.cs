namespace FieldMedic.Cluster;

/// <summary>The inbox, one in a cluster: hands out every unfinished delivery.</summary>
internal interface IInboxGrain : ILookingGrain;
