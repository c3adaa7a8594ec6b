using FieldMedic.Incidents;

namespace FieldMedic.Stabilize;

/// <summary>
/// Counts how long everything has been good without a break. A changed restart counter or start time is a break. Measured on the
/// monotonic clock: setting the machine's clock forward does not make a spell longer.
/// </summary>
internal sealed class QuietSpell(TimeProvider time)
{
    private long _began;

    /// <summary>The first sample of the present spell.</summary>
    public Snapshot? First { get; private set; }

    public DateTimeOffset? Since => First?.At;

    public int Samples { get; private set; }

    public int Breaks { get; private set; }

    public bool HasBeenQuiet { get; private set; }

    /// <summary>What is not good yet; null while quiet.</summary>
    public string? NotYet { get; private set; }

    public bool IsQuiet => First is not null;

    /// <summary>From the beginning of the first good sample until now.</summary>
    public TimeSpan QuietFor => First is null ? TimeSpan.Zero : time.GetElapsedTime(_began);

    /// <param name="began">The timestamp at which the sample was begun.</param>
    public void Add(Snapshot snapshot, string? notYet, long began)
    {
        Samples++;
        if (notYet is null && First is not null && Restarts.Between(First, snapshot) is { } restarted)
        {
            // Good, but not the same process as before: the spell starts anew here.
            Breaks++;
            (First, _began) = (snapshot, began);
            NotYet = $"{restarted} restarted meanwhile";
            return;
        }

        if (notYet is null)
        {
            if (First is null)
            {
                (First, _began) = (snapshot, began);
            }

            HasBeenQuiet = true;
        }
        else
        {
            Breaks += First is null ? 0 : 1;
            First = null;
        }

        NotYet = notYet;
    }
}
