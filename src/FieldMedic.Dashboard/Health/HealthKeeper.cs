using FieldMedic.Dashboard.Live;

namespace FieldMedic.Dashboard.Health;

/// <summary>Measures the system while somebody looks at it; a page never waits for that.</summary>
internal sealed class HealthKeeper(DashboardSource source, LiveSignal live, TimeProvider time, ILogger<HealthKeeper> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interested = TimeSpan.FromMinutes(2);
    private long _askedAt;
    private long _measuredAt;
    private volatile HealthView _current = new(null, null);

    /// <summary>What is known; keeps it fresh for the next minutes.</summary>
    public HealthView Ask()
    {
        Volatile.Write(ref _askedAt, time.GetTimestamp());
        return _current;
    }

    /// <summary>Nobody has looked.</summary>
    public void Forget() => Volatile.Write(ref _askedAt, 0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            var asked = Volatile.Read(ref _askedAt);
            var isFresh = _measuredAt != 0 && time.GetElapsedTime(_measuredAt) < Fresh;
            if (asked != 0 && time.GetElapsedTime(asked) < Interested && !isFresh)
            {
                await MeasureAsync(stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        try
        {
            _current = new HealthView(await source.Diagnose(cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            DashboardLog.CannotMeasure(log, e.Message);
            _current = _current with { Failure = e.Message };
        }

        _measuredAt = time.GetTimestamp();
        live.Ring();
    }
}
