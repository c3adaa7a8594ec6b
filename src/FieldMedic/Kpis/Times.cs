namespace FieldMedic.Kpis;

/// <summary>How long something took; null without a single case.</summary>
/// <param name="N">How many cases.</param>
public sealed record Times(int N, double? MeanSeconds, double? MedianSeconds, double? P90Seconds)
{
    /// <summary>Percentiles are those of a case that really happened (nearest rank).</summary>
    public static Times Of(IEnumerable<TimeSpan?> spans)
    {
        var sorted = spans.OfType<TimeSpan>().Select(s => s.TotalSeconds).Order().ToList();
        return sorted.Count == 0
            ? new Times(0, null, null, null)
            : new Times(sorted.Count, Math.Round(sorted.Average(), 3), Rank(sorted, 0.5), Rank(sorted, 0.9));
    }

    private static double Rank(List<double> sorted, double share) => Math.Round(sorted[(int)Math.Ceiling(share * sorted.Count) - 1], 3);
}
