using FieldMedic.Journal;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace FieldMedic.Compliance;

/// <summary>What every implementation of the system lock must do.</summary>
public abstract class SystemLocksCompliance
{
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));

    protected abstract Task<ISystemLocks> OpenAsync();

    /// <summary>Time goes by for the store: the test's clock is set forward, or what is stored grows older where the store has a clock of its own.</summary>
    protected virtual Task PassAsync(TimeSpan span)
    {
        Time.Advance(span);
        return Task.CompletedTask;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryAcquire_HeldByAnother_GivesNull()
    {
        var locks = await OpenAsync();
        (await locks.TryAcquireAsync("a", Token)).ShouldNotBeNull();

        (await locks.TryAcquireAsync("a", Token)).ShouldBeNull();
        (await locks.TryAcquireAsync("b", Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task TryAcquire_AfterRelease_RaisesFence()
    {
        var locks = await OpenAsync();
        var first = (await locks.TryAcquireAsync("a", Token))!;
        await locks.ReleaseAsync(first, Token);

        (await locks.TryAcquireAsync("a", Token))!.Fence.ShouldBeGreaterThan(first.Fence);
    }

    [Fact]
    public async Task Renew_AfterExpiry_GivesNull()
    {
        var locks = await OpenAsync();
        var lease = (await locks.TryAcquireAsync("a", Token))!;
        await PassAsync(TimeSpan.FromHours(1));

        (await locks.RenewAsync(lease, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Renew_InTime_Extends()
    {
        var locks = await OpenAsync();
        var lease = (await locks.TryAcquireAsync("a", Token))!;
        await PassAsync(TimeSpan.FromSeconds(5));

        (await locks.RenewAsync(lease, Token))!.ExpiresAt.ShouldBeGreaterThan(lease.ExpiresAt);
    }

    [Fact]
    public async Task Renew_ManyAtOnce_EachGetsItsOwnAnswer()
    {
        var locks = await OpenAsync();
        var leases = new List<SystemLease>();
        for (var i = 0; i < 60; i++)
        {
            leases.Add((await locks.TryAcquireAsync($"system-{i}", Token))!);
        }

        foreach (var lost in leases.Where((_, i) => i % 3 == 0))
        {
            await locks.ReleaseAsync(lost, Token);
        }

        var renewed = await Task.WhenAll(leases.Select(l => Task.Run(() => locks.RenewAsync(l, Token))));

        renewed.Select(r => r?.System).ShouldBe(leases.Select((l, i) => i % 3 == 0 ? null : l.System));
    }

    [Fact]
    public async Task Release_ByAZombie_LeavesNewHolderAlone()
    {
        var locks = await OpenAsync();
        var zombie = (await locks.TryAcquireAsync("a", Token))!;
        await PassAsync(TimeSpan.FromHours(1));
        var holder = (await locks.TryAcquireAsync("a", Token))!;

        await locks.ReleaseAsync(zombie, Token);

        (await locks.RenewAsync(holder, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task TryAcquire_AfterExpiry_RaisesFenceAndStopsTheOldHolder()
    {
        var locks = await OpenAsync();
        var old = (await locks.TryAcquireAsync("a", Token))!;
        await PassAsync(TimeSpan.FromHours(1));

        (await locks.TryAcquireAsync("a", Token))!.Fence.ShouldBe(old.Fence + 1);
        (await locks.RenewAsync(old, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Lease_SaysHowLongItLasts()
    {
        var locks = await OpenAsync();
        var lease = (await locks.TryAcquireAsync("a", Token))!;

        lease.Lifetime.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        (await locks.RenewAsync(lease, Token))!.Lifetime.ShouldBeGreaterThanOrEqualTo(lease.Lifetime);
    }

    [Fact]
    public async Task TryAcquire_ManyAtOnce_OneWins()
    {
        var locks = await OpenAsync();

        var leases = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => locks.TryAcquireAsync("a", Token))));

        leases.Count(l => l is not null).ShouldBe(1);
    }
}
