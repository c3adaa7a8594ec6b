namespace FieldMedic.Journal;

/// <summary>Holds a lease while work goes on: renews it in the background, cancels the work when it is lost, releases it at the end.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(5);
    private readonly ISystemLocks _locks;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewing;

    // When we asked for what we hold, on the monotonic clock: the store counted from that moment or later.
    private long _grantedAt;

    public LeaseKeeper(SystemLease lease, ISystemLocks locks, TimeProvider time, CancellationToken cancellationToken)
    {
        Lease = lease;
        _locks = locks;
        _time = time;
        _grantedAt = time.GetTimestamp();
        _lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _renewing = RenewAsync();
    }

    public SystemLease Lease { get; private set; }

    /// <summary>Cancelled when the caller cancels or the lease is lost.</summary>
    public CancellationToken Token => _lost.Token;

    public bool IsLost { get; private set; }

    private TimeSpan Interval => Lease.Lifetime / 4 < RenewEvery ? Lease.Lifetime / 4 : RenewEvery;

    /// <summary>Until the last moment before the interval is over at which others renew theirs, too: a store does well with many at once.</summary>
    private TimeSpan UntilNext => TimeSpan.FromTicks(Math.Max(0, Interval.Ticks - (_time.GetElapsedTime(0).Ticks % Math.Max(1, Interval.Ticks / 5))));

    private TimeSpan Left => Lease.Lifetime - _time.GetElapsedTime(_grantedAt) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>Asks the store that the lease is still ours, right before an effect: a process that was frozen does not know by itself.</summary>
    public async Task ConfirmAsync(CancellationToken cancellationToken)
        => Lease = await _locks.RenewAsync(Lease, cancellationToken).ConfigureAwait(false) ?? throw new LeaseLostException();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        if (!IsLost)
        {
            try
            {
                await _locks.ReleaseAsync(Lease, CancellationToken.None).ConfigureAwait(false);
            }
            catch (JournalException)
            {
                // It expires by itself.
            }
        }

        _lost.Dispose();
        _stop.Dispose();
    }

    private async Task RenewAsync()
    {
        try
        {
            while (await RenewOnceAsync().ConfigureAwait(false))
            {
            }

            IsLost = true;
            await _lost.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    /// <summary>False when the lease is lost, or cannot be known to be ours any longer: a store that is silent is one that others may reach.</summary>
    private async Task<bool> RenewOnceAsync()
    {
        await Task.Delay(UntilNext, _time, _stop.Token).ConfigureAwait(false);
        using var end = new CancellationTokenSource(Left, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, end.Token);
        var asked = _time.GetTimestamp();
        try
        {
            // Not waiting for it to give up politely either: a driver may take seconds to cancel what is on its way.
            if (await _locks.RenewAsync(Lease, either.Token).WaitAsync(either.Token).ConfigureAwait(false) is not { } renewed)
            {
                return false;
            }

            (Lease, _grantedAt) = (renewed, asked);
            return true;
        }
        catch (JournalException)
        {
            // Still ours until it expires; the next append finds out whether the store is back.
            return Left > TimeSpan.Zero;
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
