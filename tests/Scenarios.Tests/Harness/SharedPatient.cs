namespace FieldMedic.Scenarios.Tests.Harness;

/// <summary>One patient, one test at a time.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPatient : ICollectionFixture<Patient>
{
    public const string Name = "patient";
}
