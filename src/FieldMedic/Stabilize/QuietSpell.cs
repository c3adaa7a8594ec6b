using FieldMedic.Incidents;

namespace FieldMedic.Stabilize;

/// <summary>Counts how long everything has been good without a break. A changed restart counter or start time is a break.</summary>
internal sealed class QuietSpell
{
    /// <summary>The first sample of the present spell.</summary>
    public Snapshot? First { get; private set; }

    public DateTimeOffset? Since => First?.At;

    public int Samples { get; private set; }

    public int Breaks { get; private set; }

    public bool HasBeenQuiet { get; private set; }

    /// <summary>What is not good yet; null while quiet.</summary>
    public string? NotYet { get; private set; }

    public bool IsQuiet => First is not null;

    public TimeSpan QuietFor(Snapshot now) => First is null ? TimeSpan.Zero : now.At - First.At;

    public void Add(Snapshot snapshot, string? notYet)
    {
        Samples++;
        if (notYet is null && First is not null && Restarts.Between(First, snapshot) is { } restarted)
        {
            // Good, but not the same process as before: the spell starts anew here.
            Breaks++;
            First = snapshot;
            NotYet = $"{restarted} restarted meanwhile";
            return;
        }

        if (notYet is null)
        {
            First ??= snapshot;
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
