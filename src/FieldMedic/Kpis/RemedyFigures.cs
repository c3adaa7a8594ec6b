namespace FieldMedic.Kpis;

/// <summary>What a remedy was used for, and whether a proof followed.</summary>
/// <param name="Proved">Incidents it was used in that ended proved, and held.</param>
/// <param name="ActingSeconds">What its actions took together, where their end is known.</param>
public sealed record RemedyFigures(string Remedy, int Actions, int FailedOrUnknown, int Incidents, int Proved, double ActingSeconds);
