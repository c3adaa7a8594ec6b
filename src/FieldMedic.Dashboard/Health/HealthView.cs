namespace FieldMedic.Dashboard.Health;

/// <summary>What the last sweep for the pages saw.</summary>
/// <param name="Last">Null before the first.</param>
/// <param name="Failure">Why the newest failed; null when it did not.</param>
public sealed record HealthView(Diagnosis? Last, string? Failure)
{
    public bool IsHealthy => Last is { Findings.Count: 0, Snapshot.IsObservable: true };
}
