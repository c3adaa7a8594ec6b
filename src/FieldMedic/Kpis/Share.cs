namespace FieldMedic.Kpis;

/// <summary>So many of so many. Never a bare percentage: with few cases it says little, and the reader has to see that.</summary>
/// <param name="Numerator">Those that count.</param>
/// <param name="Denominator">All that could have counted.</param>
/// <param name="Means">What is counted, in one sentence.</param>
/// <param name="Target">What it should be.</param>
public sealed record Share(int Numerator, int Denominator, string Means, Target Target)
{
    /// <summary>In percent; null without a single case.</summary>
    public double? Percent => Denominator == 0 ? null : Math.Round(100d * Numerator / Denominator, 1);

    /// <summary>Null without a single case.</summary>
    public bool? IsMet => Denominator == 0 ? null : Target.IsMetBy(100d * Numerator / Denominator);
}
