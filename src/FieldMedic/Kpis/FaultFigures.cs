namespace FieldMedic.Kpis;

/// <summary>How often a fault was the root cause, and what became of it.</summary>
public sealed record FaultFigures(string Fault, int Incidents, int Resolved, int FalseClosures);
