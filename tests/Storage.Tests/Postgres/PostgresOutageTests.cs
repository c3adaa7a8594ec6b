using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Storage.Postgres;
using FieldMedic.Testing;

namespace FieldMedic.Storage.Tests.Postgres;

/// <summary>The server goes away in the middle, by hand, by a crash, by standing still: what was acknowledged is there, and nobody acts meanwhile.</summary>
public sealed class PostgresOutageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Append_ServerRestartedMidway_KeepsWhatWasAcknowledged(bool isCrash)
    {
        Assert.SkipWhen(PostgresServer.WhyNot() is not null, PostgresServer.WhyNot() ?? "");
        await using var server = await PostgresServer.StartAsync();
        await using var store = await PostgresStore.OpenAsync(At(server), Token);
        using var enough = new SemaphoreSlim(0);
        var writers = Enumerable.Range(0, 4).Select(i => Task.Run(() => WriteUntilItFailsAsync(store, new IncidentId($"INC-{i}"), enough))).ToList();
        for (var i = 0; i < 200; i++)
        {
            await enough.WaitAsync(Token);
        }

        await server.DownAsync(isCrash);
        var acknowledged = await Task.WhenAll(writers);
        (await Should.ThrowAsync<JournalException>(() => store.Locks.TryAcquireAsync("sys", Token))).Message.ShouldContain("cannot be reached");
        await server.UpAsync();

        for (var i = 0; i < acknowledged.Length; i++)
        {
            // One more may be there: committed, and cut off before the answer.
            var entries = await store.ReadAsync(new IncidentId($"INC-{i}"), Token);
            entries.Count.ShouldBeInRange(acknowledged[i], acknowledged[i] + 1);
            entries.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, entries.Count).Select(n => (long)n));
        }

        (await store.Locks.TryAcquireAsync("sys", Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Anything_ServerFrozen_CannotBeReached()
    {
        Assert.SkipWhen(PostgresServer.WhyNot() is not null, PostgresServer.WhyNot() ?? "");
        await using var server = await PostgresServer.StartAsync();
        await using var store = await PostgresStore.OpenAsync(At(server, ";Timeout=1;Command Timeout=1;Cancellation Timeout=-1"), Token);
        var lease = (await store.Locks.TryAcquireAsync("sys", Token))!;
        await server.FreezeAsync(isFrozen: true);
        try
        {
            var opened = new IncidentEvent.IncidentOpened("sys", null, Complaint.None);
            (await Should.ThrowAsync<JournalException>(() => store.AppendAsync(new IncidentId("INC-1"), 1, opened, lease, Token))).Message.ShouldContain("cannot be reached");
            (await Should.ThrowAsync<JournalException>(() => store.Locks.RenewAsync(lease, Token))).Message.ShouldContain("cannot be reached");
            (await Should.ThrowAsync<JournalException>(() => store.Controls.PausedAsync("sys", Token))).Message.ShouldContain("cannot be reached");
        }
        finally
        {
            await server.FreezeAsync(isFrozen: false);
        }
    }

    private static PostgresAddress At(PostgresServer server, string more = "") => new(server.Address + more, () => PostgresServer.Password);

    /// <summary>Gives how many appends were acknowledged.</summary>
    private static async Task<int> WriteUntilItFailsAsync(PostgresStore store, IncidentId id, SemaphoreSlim each)
    {
        var acknowledged = 0;
        try
        {
            while (true)
            {
                IncidentEvent happened = acknowledged == 0 ? new IncidentEvent.IncidentOpened("sys", null, Complaint.None) : new IncidentEvent.ApprovalGiven($"{acknowledged}");
                (await store.AppendAsync(id, acknowledged + 1, happened, null, Token)).ShouldBe(AppendOutcome.Appended);
                acknowledged++;
                each.Release();
            }
        }
        catch (JournalException)
        {
            return acknowledged;
        }
    }
}
