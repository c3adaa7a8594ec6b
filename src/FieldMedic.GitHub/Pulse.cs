namespace FieldMedic.GitHub;

/// <summary>
/// Notices that the process stood still (it was stopped, or the machine was): what it was about to write then may long be somebody else's
/// to write. Whoever was waiting learns that only when its own clocks have run, so they are given the time.
/// </summary>
internal sealed class Pulse : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(2);
    private readonly TimeProvider _time;
    private readonly ITimer? _timer;
    private long _last;
    private long _woke;

    /// <param name="isAlive">False: it beats only when told to.</param>
    public Pulse(TimeProvider time, bool isAlive = true)
    {
        (_time, _last, _woke) = (time, time.GetTimestamp(), long.MinValue);
        _timer = isAlive ? time.CreateTimer(_ => Beat(), null, Every, Every) : null;
    }

    /// <summary>The process's own.</summary>
    public static Pulse Own { get; } = new(TimeProvider.System);

    public void Beat()
    {
        var now = _time.GetTimestamp();
        if (_time.GetElapsedTime(Volatile.Read(ref _last), now) >= Standstill)
        {
            Volatile.Write(ref _woke, now);
        }

        Volatile.Write(ref _last, now);
    }

    /// <summary>Goes on at once, unless the process has just stood still.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => HasStoodStill ? Task.Delay(Every, _time, cancellationToken) : Task.CompletedTask;

    private bool HasStoodStill => _time.GetElapsedTime(Volatile.Read(ref _last)) >= Standstill
        || (Volatile.Read(ref _woke) is var woke && woke != long.MinValue && _time.GetElapsedTime(woke) < Every);

    public void Dispose() => _timer?.Dispose();
}
