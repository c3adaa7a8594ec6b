namespace FieldMedic.GitHub;

/// <summary>
/// The writes to one server: one at a time, and apart. An urgent one does not stand in line and does not keep the distance: it borrows it,
/// and the writes behind it wait that much longer. So many may be borrowed at once; whoever comes then stands in line like the others.
/// </summary>
internal sealed class WriteLine
{
    private const int MostAhead = 10;
    private readonly Lock _lock = new();
    private TimeSpan _owed;
    private long _since;

    private SemaphoreSlim Line { get; } = new(1, 1);

    private SemaphoreSlim Writing { get; } = new(1, 1);

    /// <summary>Waits for the turn; it lasts until <see cref="Over"/>.</summary>
    public async Task<Place> NextAsync(bool isUrgent, TimeSpan spacing, TimeProvider time, CancellationToken cancellationToken)
    {
        var place = new Place(isUrgent && TryBorrow(spacing, time), spacing, time);
        if (place.IsAhead)
        {
            await Writing.WaitAsync(cancellationToken).ConfigureAwait(false);
            return place;
        }

        await Line.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Looked at once: what goes ahead meanwhile holds up the next one and not this one for ever.
            if (Owed(time) is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }

            await Writing.WaitAsync(cancellationToken).ConfigureAwait(false);
            return place;
        }
        catch
        {
            Line.Release();
            throw;
        }
    }

    /// <summary>The write is over; the next may go.</summary>
    public void Over(Place place)
    {
        lock (_lock)
        {
            var left = Left(place.Time);
            Owe(place.IsAhead ? Longer(left, place.Spacing) : left + place.Spacing, place.Time);
        }

        Writing.Release();
        if (!place.IsAhead)
        {
            Line.Release();
        }
    }

    private bool TryBorrow(TimeSpan spacing, TimeProvider time)
    {
        lock (_lock)
        {
            if (Left(time) > spacing * (MostAhead - 1))
            {
                return false;
            }

            Owe(Left(time) + spacing, time);
            return true;
        }
    }

    private TimeSpan Owed(TimeProvider time)
    {
        lock (_lock)
        {
            return Left(time);
        }
    }

    // By what has elapsed and not by the hour: a clock may be set.
    private TimeSpan Left(TimeProvider time) => _owed > TimeSpan.Zero ? Longer(_owed - time.GetElapsedTime(_since), TimeSpan.Zero) : TimeSpan.Zero;

    private void Owe(TimeSpan distance, TimeProvider time) => (_owed, _since) = (distance, time.GetTimestamp());

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>A write that is under way.</summary>
    internal sealed record Place(bool IsAhead, TimeSpan Spacing, TimeProvider Time);
}
