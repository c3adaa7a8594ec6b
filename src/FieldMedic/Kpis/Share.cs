namespace FieldMedic.Kpis;

/// <summary>So many of so many. Never a bare percentage: with few cases it says little, and the reader has to see that.</summary>
/// <param name="Numerator">Those that count.</param>
/// <param name="Denominator">All that could have counted.</param>
/// <param name="Means">What is counted, in one sentence.</param>
public sealed record Share(int Numerator, int Denominator, string Means);
