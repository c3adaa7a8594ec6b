namespace FieldMedic.Incidents;

/// <summary>How one probe of a sweep went.</summary>
/// <param name="Probe">The probe's name in the pack.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Failure">Why it gave nothing (timed out, refused, …), or null when it measured.</param>
/// <param name="Required">Whether the system counts as unobservable without it.</param>
public sealed record ProbeRun(string Probe, TimeSpan Elapsed, string? Failure, bool Required);
