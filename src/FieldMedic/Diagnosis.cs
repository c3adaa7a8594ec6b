using FieldMedic.Incidents;

namespace FieldMedic;

/// <summary>A sweep and what it means. Findings: root first. Undecided: problem keys that could be neither confirmed nor ruled out.</summary>
public sealed record Diagnosis(Snapshot Snapshot, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Undecided)
{
    /// <summary>Observed, nothing found, nothing undecided.</summary>
    public bool IsHealthy => Snapshot.IsObservable && Findings.Count == 0 && Undecided.Count == 0;
}
