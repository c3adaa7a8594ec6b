using System.Diagnostics;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Storage.Postgres;

namespace FieldMedic.Storage.Tests.Postgres;

/// <summary>What only PostgreSQL can do wrong: several nodes, its own clock, a role that may little.</summary>
public sealed class PostgresStoreTests(PostgresFixture postgres) : IAsyncDisposable
{
    private static readonly IncidentEvent.IncidentOpened Opened = new("sys", null, Complaint.None);
    private readonly Opened _opened = new(postgres);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _opened.DisposeAsync();

    [Fact]
    public async Task Open_ManyAtOnce_AllSucceed()
    {
        var address = postgres.NewAddress();

        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PostgresStore.OpenAsync(address, Token))));

        (await PostgresFixture.ScalarAsync<long>(address, "SELECT count(*) - count(DISTINCT scriptname) FROM schema_versions")).ShouldBe(0);
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Append_TwoNodesTheSameSequence_OneWins()
    {
        var (one, other) = (await _opened.StoreAsync(), await _opened.StoreAsync());
        for (var round = 0; round < 50; round++)
        {
            var id = new IncidentId($"INC-{round}");
            await one.AppendAsync(id, 1, Opened, null, Token);

            var outcomes = await Task.WhenAll(
                Task.Run(() => one.AppendAsync(id, 2, new IncidentEvent.ApprovalGiven("one"), null, Token)),
                Task.Run(() => other.AppendAsync(id, 2, new IncidentEvent.ApprovalGiven("other"), null, Token)));

            outcomes.ShouldBe([AppendOutcome.Appended, AppendOutcome.SequenceTaken], ignoreOrder: true);
            (await other.ReadAsync(id, Token))[1].Event.ShouldBe(new IncidentEvent.ApprovalGiven(outcomes[0] == AppendOutcome.Appended ? "one" : "other"));
        }
    }

    [Fact]
    public async Task Append_WhileTheSystemIsTakenOver_IsFencedOrBefore()
    {
        var (old, next) = (await _opened.StoreAsync(), await _opened.StoreAsync());
        for (var round = 0; round < 30; round++)
        {
            var id = new IncidentId($"INC-{round}");
            var lease = (await old.Locks.TryAcquireAsync($"sys{round}", Token))!;
            await old.AppendAsync(id, 1, Opened, lease, Token);
            await PostgresFixture.ExecuteAsync(_opened.Address, "UPDATE leases SET machine = 'elsewhere', expires_at = clock_timestamp() + interval '3 ms'");

            var appending = Task.Run(() => old.AppendAsync(id, 2, new IncidentEvent.ApprovalGiven("old"), lease, Token));
            SystemLease? taken;
            while ((taken = await next.Locks.TryAcquireAsync($"sys{round}", Token)) is null)
            {
            }

            // Whoever holds the system now reads everything that can ever have been announced under the old lease.
            var read = (await next.ReadAsync(id, Token)).Count;
            (await appending).ShouldBe(read == 2 ? AppendOutcome.Appended : AppendOutcome.Fenced);
            (await old.AppendAsync(id, read + 1, new IncidentEvent.ApprovalGiven("old"), lease, Token)).ShouldBe(AppendOutcome.Fenced);
            (await next.AppendAsync(id, read + 1, new IncidentEvent.ApprovalGiven("next"), taken, Token)).ShouldBe(AppendOutcome.Appended);
        }
    }

    [Fact]
    public async Task Lease_HolderProcessDead_IsFreeAtOnce()
    {
        var store = await _opened.StoreAsync();
        var first = (await store.Locks.TryAcquireAsync("sys", Token))!;
        using var gone = Process.Start("true");
        await gone.WaitForExitAsync(Token);
        await PostgresFixture.ExecuteAsync(_opened.Address, $"UPDATE leases SET pid = {gone.Id}, process_start = '1'");

        (await store.Locks.TryAcquireAsync("sys", Token)).ShouldNotBeNull().Fence.ShouldBe(first.Fence + 1);
        (await store.Locks.RenewAsync(first, Token)).ShouldBeNull();
    }

    [Theory]
    [InlineData("elsewhere")]
    [InlineData("MACHINE another-boot pid:[1]")]
    public async Task Lease_OfAnotherMachineOrContainer_IsHeldUntilItExpires(string machine)
    {
        var store = await _opened.StoreAsync();
        await store.Locks.TryAcquireAsync("sys", Token);
        await PostgresFixture.ExecuteAsync(_opened.Address, $"UPDATE leases SET pid = 999999, machine = '{machine.Replace("MACHINE", Environment.MachineName, StringComparison.Ordinal)}'");

        (await store.Locks.TryAcquireAsync("sys", Token)).ShouldBeNull();
        await PostgresFixture.PassAsync(_opened.Address, PostgresLocks.Lifetime);
        (await store.Locks.TryAcquireAsync("sys", Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Lease_EndsByTheServersClock()
    {
        var store = await _opened.StoreAsync();
        var before = await PostgresFixture.NowAsync(_opened.Address);

        var lease = (await store.Locks.TryAcquireAsync("sys", Token))!;

        lease.Lifetime.ShouldBeLessThanOrEqualTo(PostgresLocks.Lifetime);
        lease.ExpiresAt.ShouldBeInRange(before + PostgresLocks.Lifetime, await PostgresFixture.NowAsync(_opened.Address) + PostgresLocks.Lifetime);
    }

    [Fact]
    public async Task Commit_IsDurableWhateverTheConnectionStringSays()
    {
        var address = new PostgresAddress($"{postgres.Server.Address};Search Path=durable;Options='-c synchronous_commit=off'", () => Testing.PostgresServer.Password);

        (await PostgresFixture.ScalarAsync<string>(address, "SHOW synchronous_commit")).ShouldBe("on");
    }

    [Fact]
    public async Task Open_RoleThatMayOnlyReadAndWriteRows_Works()
    {
        await _opened.StoreAsync();
        var schema = _opened.Address.Schema;
        await postgres.Server.SqlAsync("DO $$ BEGIN CREATE ROLE runner LOGIN PASSWORD 'runner'; EXCEPTION WHEN duplicate_object THEN END $$");
        await postgres.Server.SqlAsync($"GRANT USAGE ON SCHEMA {schema} TO runner; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO runner", Testing.PostgresServer.Database);
        var address = new PostgresAddress($"Host=127.0.0.1;Port={postgres.Server.Port};Database={Testing.PostgresServer.Database};Username=runner;Search Path={schema}", () => "runner");

        await using var store = await PostgresStore.OpenAsync(address, Token);
        var lease = await store.Locks.TryAcquireAsync("sys", Token);

        (await store.AppendAsync(new IncidentId("INC-1"), 1, Opened, lease, Token)).ShouldBe(AppendOutcome.Appended);
        await store.Controls.PauseAsync("sys", "x", Token);
        var inbox = await store.OpenInboxAsync(Token);
        (await inbox.AcceptAsync(new Inbox.Delivery("a", Inbox.DeliveryKind.Ping, null, null, null, null, DateTimeOffset.UnixEpoch), Token)).ShouldBeTrue();
        await ((IAsyncDisposable)inbox).DisposeAsync();
    }

    [Fact]
    public async Task Connections_OfJournalAndInboxUnderLoad_AreTogetherNoMoreThanAllowed()
    {
        await _opened.StoreAsync();
        var schema = _opened.Address.Schema;
        var address = new PostgresAddress($"{postgres.Server.Address};Search Path={schema};Maximum Pool Size=4;Application Name={schema}_few", () => Testing.PostgresServer.Password);
        await using var store = await PostgresStore.OpenAsync(address, Token);
        var inbox = await store.OpenInboxAsync(Token);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => i % 2 == 0
            ? Task.Run(() => store.AppendAsync(new IncidentId($"INC-{i}"), 1, Opened, null, Token))
            : (Task)Task.Run(() => inbox.UnfinishedAsync(0, 10, Token))));

        // They stay open for a while.
        var count = await postgres.Server.SqlAsync($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{schema}_few'");
        int.Parse(count, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(2, 4);
        await ((IAsyncDisposable)inbox).DisposeAsync();
    }

    [Fact]
    public async Task Abandoned_IsAnActiveSystemWhoseLeaseEndedWithoutBeingGivenBack()
    {
        var store = await _opened.StoreAsync();
        foreach (var system in new[] { "ended", "held", "given_back", "idle", "long_ago" })
        {
            var lease = (await store.Locks.TryAcquireAsync(system, Token))!;
            var id = new IncidentId($"INC-{system}");
            await store.AppendAsync(id, 1, Opened with { System = system }, lease, Token);
            if (system == "idle")
            {
                await store.AppendAsync(id, 2, new IncidentEvent.IncidentEnded(IncidentOutcome.Closed), lease, Token);
            }

            if (system == "given_back")
            {
                await store.Locks.ReleaseAsync(lease, Token);
            }
        }

        (await store.Locks.AbandonedAsync(Token)).ShouldBeEmpty();
        await PostgresFixture.ExecuteAsync(_opened.Address, "UPDATE leases SET expires_at = clock_timestamp() - interval '1 s' WHERE system IN ('ended', 'idle')");
        await PostgresFixture.ExecuteAsync(_opened.Address, "UPDATE leases SET expires_at = clock_timestamp() - interval '1 h' WHERE system = 'long_ago'");

        (await store.Locks.AbandonedAsync(Token)).ShouldBe(["ended"]);
    }

    [Fact]
    public async Task Abandoned_OfAProcessOfThisMachineThatDied_IsKnownAtOnce()
    {
        var store = await _opened.StoreAsync();
        var lease = (await store.Locks.TryAcquireAsync("sys", Token))!;
        await store.AppendAsync(new IncidentId("INC-1"), 1, Opened, lease, Token);
        using var gone = Process.Start("true");
        await gone.WaitForExitAsync(Token);
        await PostgresFixture.ExecuteAsync(_opened.Address, $"UPDATE leases SET pid = {gone.Id}");

        (await store.Locks.AbandonedAsync(Token)).ShouldBe(["sys"]);
    }

    [Fact]
    public async Task Inbox_TwoNodesAtOnce_NeverHandOutANumberLate()
    {
        var store = await _opened.StoreAsync();
        var (one, other) = (await store.OpenInboxAsync(Token), await store.OpenInboxAsync(Token));
        var accepting = Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(
            () => (i % 2 == 0 ? one : other).AcceptAsync(new Inbox.Delivery($"d{i}", Inbox.DeliveryKind.IssueEdited, "acme/maps", 1, null, null, DateTimeOffset.UnixEpoch), Token))));
        var (seen, last) = (0, 0L);
        bool isOver;
        do
        {
            isOver = accepting.IsCompleted;
            var entries = await one.UnfinishedAsync(last, 1000, Token);
            (seen, last) = (seen + entries.Count, entries.Count > 0 ? entries[^1].Sequence : last);
        }
        while (!isOver);

        (await accepting).ShouldAllBe(a => a);
        seen.ShouldBe(400);
        await ((IAsyncDisposable)one).DisposeAsync();
        await ((IAsyncDisposable)other).DisposeAsync();
    }
}
