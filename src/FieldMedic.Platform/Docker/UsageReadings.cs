namespace FieldMedic.Platform.Docker;

/// <summary>
/// One container's counters from sweep to sweep. A daemon may read them only once a second (Docker 20.10 does), so a sweep waits for
/// a reading where it has none, and otherwise gets by with one that is a second old.
/// </summary>
internal sealed class UsageReadings(Func<CancellationToken, Task<ContainerUsage>> read, TimeProvider time)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private (ContainerUsage Usage, DateTimeOffset At)? _earlier;
    private (ContainerUsage Usage, DateTimeOffset At)? _last;
    private Task<(ContainerUsage Usage, DateTimeOffset At)>? _under;

    /// <summary>The last reading and the one before it. Where a rate is needed it waits for both; else the one before may be missing in the first sweep.</summary>
    public async Task<(ContainerUsage? Earlier, ContainerUsage Last, DateTimeOffset At)> TakeAsync(bool isRateNeeded, CancellationToken cancellationToken)
    {
        await ReadAsync(_last is null, cancellationToken).ConfigureAwait(false);
        if (_earlier is null)
        {
            await ReadAsync(isRateNeeded, cancellationToken).ConfigureAwait(false);
        }

        var (usage, at) = _last!.Value;
        return (_earlier?.Usage, usage, at);
    }

    private async Task ReadAsync(bool isNeeded, CancellationToken cancellationToken)
    {
        if (_under is { IsCompleted: true })
        {
            await KeepAsync().ConfigureAwait(false);
        }

        if (_earlier is not null && time.GetUtcNow() - _last!.Value.At < FreshFor)
        {
            return;
        }

        _under ??= StampedAsync();
        if (isNeeded)
        {
            await _under.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await Task.WhenAny(_under, Task.Delay(Patience, time, cancellationToken)).ConfigureAwait(false);
        }

        if (_under.IsCompleted)
        {
            await KeepAsync().ConfigureAwait(false);
        }
    }

    private async Task KeepAsync()
    {
        var ended = _under!;
        _under = null;
        var reading = await ended.ConfigureAwait(false);
        (_earlier, _last) = (_last, reading);
    }

    /// <summary>Goes on when the sweep that began it does not wait: the next one finds it done.</summary>
    private async Task<(ContainerUsage Usage, DateTimeOffset At)> StampedAsync()
        => (await read(CancellationToken.None).ConfigureAwait(false), time.GetUtcNow());
}
