using Microsoft.Extensions.Time.Testing;

namespace FieldMedic.Testing;

/// <summary>
/// A clock for tests: a wait of one of the named lengths passes at once and moves the clock by that much; every other timer
/// (time-outs, lease renewal) only fires when a test advances the clock itself.
/// </summary>
public sealed class LeapingTime : FakeTimeProvider
{
    private readonly Predicate<TimeSpan> _leaps;

    public LeapingTime(params TimeSpan[] leaps)
        : this(leaps.Contains)
    {
    }

    public LeapingTime(Predicate<TimeSpan> leaps)
        : base(new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero))
        => _leaps = leaps;

    /// <summary>The waits of the flow with the default policy: poll, watch, look again, the first moment after a repair.</summary>
    public static LeapingTime OfTheFlow() => new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500));

    /// <summary>Called before each leap with the new time: lets a test change the world at a certain moment.</summary>
    public Action<DateTimeOffset>? Leaping { get; set; }

    /// <summary>By how much somebody set the clock forward: the hour is another, what has elapsed is not.</summary>
    public TimeSpan SetForward { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + SetForward;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (_leaps(dueTime))
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                Leaping?.Invoke(GetUtcNow() + dueTime);
                Advance(dueTime);
            });
        }

        return timer;
    }
}
