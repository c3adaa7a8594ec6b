using System.Text.Json.Serialization;

namespace FieldMedic.Incidents;

/// <summary>
/// The only thing that closes an issue: what was red before, green after, for how long, measured by the same probes.
/// It has no public constructor; <c>Verify</c> is the only caller of <see cref="Make"/> (a layout test holds that).
/// </summary>
public sealed record Proof
{
    [JsonConstructor]
    private Proof(
        Verdict verdict,
        IReadOnlyList<string> gone,
        IReadOnlyList<BeforeAfter> rows,
        DateTimeOffset quietSince,
        DateTimeOffset measuredAt,
        int samples)
    {
        Verdict = verdict;
        Gone = gone;
        Rows = rows;
        QuietSince = quietSince;
        MeasuredAt = measuredAt;
        Samples = samples;
    }

    /// <summary>Resolved or Mitigated.</summary>
    public Verdict Verdict { get; }

    /// <summary>Keys of the findings that are gone; empty when the system was healthy and a status was asked for.</summary>
    public IReadOnlyList<string> Gone { get; }

    public IReadOnlyList<BeforeAfter> Rows { get; }

    /// <summary>Since when every sample was good.</summary>
    public DateTimeOffset QuietSince { get; }

    /// <summary>When the last sample was taken.</summary>
    public DateTimeOffset MeasuredAt { get; }

    /// <summary>How many sweeps the window holds, the last one included.</summary>
    public int Samples { get; }

    [JsonIgnore]
    public TimeSpan Window => MeasuredAt - QuietSince;

    internal static Proof Make(
        Verdict verdict,
        IReadOnlyList<string> gone,
        IReadOnlyList<BeforeAfter> rows,
        DateTimeOffset quietSince,
        DateTimeOffset measuredAt,
        int samples)
    {
        if (verdict is not (Verdict.Resolved or Verdict.Mitigated))
        {
            throw new InvalidOperationException($"A proof cannot be made of {verdict}.");
        }

        return new Proof(verdict, gone, rows, quietSince, measuredAt, samples);
    }

    public bool Equals(Proof? other)
        => other is not null && Verdict == other.Verdict && Gone.SequenceEqual(other.Gone) && Rows.SequenceEqual(other.Rows)
            && QuietSince == other.QuietSince && MeasuredAt == other.MeasuredAt && Samples == other.Samples;

    public override int GetHashCode() => HashCode.Combine(Verdict, Gone.Count, MeasuredAt);
}
