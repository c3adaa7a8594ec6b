namespace FieldMedic.Journal;

/// <summary>Holds a lease while work goes on: renews it in the background, cancels the work when it is lost, releases it at the end.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(5);
    private readonly ISystemLocks _locks;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewing;

    public LeaseKeeper(SystemLease lease, ISystemLocks locks, TimeProvider time, CancellationToken cancellationToken)
    {
        Lease = lease;
        _locks = locks;
        _lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _renewing = RenewAsync(time);
    }

    public SystemLease Lease { get; private set; }

    /// <summary>Cancelled when the caller cancels or the lease is lost.</summary>
    public CancellationToken Token => _lost.Token;

    public bool IsLost { get; private set; }

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

    private async Task RenewAsync(TimeProvider time)
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewEvery, time, _stop.Token).ConfigureAwait(false);
                try
                {
                    var renewed = await _locks.RenewAsync(Lease, _stop.Token).ConfigureAwait(false);
                    if (renewed is null)
                    {
                        break;
                    }

                    Lease = renewed;
                }
                catch (JournalException) when (time.GetUtcNow() < Lease.ExpiresAt)
                {
                    // Still ours until it expires; the next append finds out whether the store is back.
                }
                catch (JournalException)
                {
                    break;
                }
            }

            IsLost = true;
            await _lost.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
