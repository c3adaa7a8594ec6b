using FieldMedic.Journal;
using FieldMedic.Testing;

namespace FieldMedic.Tests.Journal;

/// <summary>A holder that is cut off from the store stops at the end of its lease, whatever the wall clock says.</summary>
public sealed class LeaseKeeperTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private readonly LeapingTime _time = new(Interval);

    private SystemLease Lease => new("sys", "host:1", 1, _time.GetUtcNow() + Lifetime, Lifetime);

    [Fact]
    public async Task Keeper_StoreSilent_StopsWorkWhenTheLeaseEnds()
    {
        var locks = new SilentLocks();
        await using var keeper = new LeaseKeeper(Lease, locks, _time, CancellationToken.None);
        await locks.Asked.WaitAsync(TestContext.Current.CancellationToken);
        keeper.Token.IsCancellationRequested.ShouldBeFalse();

        _time.Advance(Lifetime - Interval);

        await CancelledAsync(keeper);
    }

    [Fact]
    public async Task Keeper_StoreUnreachableAndClockSetBack_StopsWorkWhenTheLeaseEnds()
    {
        var locks = new UnreachableLocks();
        var started = _time.GetTimestamp();
        await using var keeper = new LeaseKeeper(Lease, locks, _time, CancellationToken.None);
        _time.SetForward = -TimeSpan.FromHours(1);
        await CancelledAsync(keeper);

        _time.GetElapsedTime(started).ShouldBeInRange(Lifetime, Lifetime + Interval);
        locks.Asked.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Keeper_BegunAtAnyMoment_RenewsWhenOthersDo()
    {
        var locks = new SilentLocks();
        _time.Advance(TimeSpan.FromSeconds(1.1));
        await using var keeper = new LeaseKeeper(Lease, locks, _time, CancellationToken.None);

        // A fifth of the interval is 0.6 s: the last multiple of that within it is 3.6 s after the beginning of time.
        _time.Advance(TimeSpan.FromSeconds(2.4));
        locks.Asked.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.1));

        await locks.Asked.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Keeper_LeaseThatWasOverWhenItCame_IsLost(long ticks)
    {
        await using var keeper = new LeaseKeeper(Lease with { Lifetime = TimeSpan.FromTicks(ticks) }, new SilentLocks(), _time, CancellationToken.None);
        _time.Advance(Interval);

        await CancelledAsync(keeper);
    }

    private static async Task CancelledAsync(LeaseKeeper keeper)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = keeper.Token.Register(cancelled.SetResult);
        await cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
        keeper.IsLost.ShouldBeTrue();
    }

    /// <summary>Takes the question and never answers, as a network that swallows packets.</summary>
    private sealed class SilentLocks : ISystemLocks
    {
        private readonly TaskCompletionSource _asked = new();

        public Task Asked => _asked.Task;

        public Task<SystemLease?> TryAcquireAsync(string system, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async Task<SystemLease?> RenewAsync(SystemLease lease, CancellationToken cancellationToken)
        {
            _asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return null;
        }

        public Task ReleaseAsync(SystemLease lease, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class UnreachableLocks : ISystemLocks
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public Task<SystemLease?> TryAcquireAsync(string system, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<SystemLease?> RenewAsync(SystemLease lease, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            throw new JournalException("The store cannot be reached.");
        }

        public Task ReleaseAsync(SystemLease lease, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
