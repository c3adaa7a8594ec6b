using FieldMedic.Compliance;
using FieldMedic.Inbox;
using FieldMedic.Journal;
using Microsoft.Data.Sqlite;

namespace FieldMedic.Storage.Tests;

public sealed class SqliteInboxTests : DeliveryInboxCompliance, IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteInbox> _open = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => _folder.File("journal.inbox.db");

    [Fact]
    public async Task Accept_WhileAnotherHoldsTheFile_WaitersShareOneTransaction()
    {
        var inbox = await OpenInboxAsync();
        await inbox.AcceptAsync(Edited("first", 1), Token);
        await using var other = new SqliteConnection($"Data Source={File}");
        await other.OpenAsync(Token);
        await using var held = other.BeginTransaction(deferred: false);

        var waiting = Enumerable.Range(0, 100).Select(i => inbox.AcceptAsync(Edited($"d{i}", 1), Token)).ToList();
        waiting.ShouldAllBe(w => !w.IsCompleted);
        await held.CommitAsync(Token);
        var accepted = await Task.WhenAll(waiting);

        accepted.ShouldAllBe(a => a);
    }

    [Fact]
    public async Task Accept_TableGone_AllWaitersHearOfIt()
    {
        var inbox = await OpenInboxAsync();
        await ExecuteAsync("DROP TABLE deliveries");

        var waiting = Enumerable.Range(0, 5).Select(i => inbox.AcceptAsync(Edited($"d{i}", 1), Token)).ToList();
        foreach (var one in waiting)
        {
            await Should.ThrowAsync<JournalException>(one);
        }
    }

    [Fact]
    public async Task Accept_AfterDispose_IsRefusedNotLost()
    {
        var inbox = await OpenInboxAsync();
        await inbox.DisposeAsync();

        await Should.ThrowAsync<JournalException>(() => inbox.AcceptAsync(Edited("late", 1), Token));
    }

    [Fact]
    public async Task Dispose_WithWritesWaiting_WritesThemFirst()
    {
        var inbox = await OpenInboxAsync();
        var waiting = Enumerable.Range(0, 50).Select(i => inbox.AcceptAsync(Edited($"d{i}", 1), Token)).ToList();

        await inbox.DisposeAsync();

        (await Task.WhenAll(waiting)).ShouldAllBe(a => a);
    }

    [Fact]
    public async Task Open_KindOfANewerVersion_SaysSo()
    {
        var inbox = await OpenInboxAsync();
        await inbox.AcceptAsync(Edited("a", 1), Token);
        await ExecuteAsync("UPDATE deliveries SET kind = 'PullRequestOpened'");

        (await Should.ThrowAsync<JournalException>(() => inbox.UnfinishedAsync(0, 1, Token))).Message.ShouldContain("newer FieldMedic");
    }

    protected override async Task<IDeliveryInbox> OpenAsync() => await OpenInboxAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var inbox in _open)
        {
            await inbox.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task<SqliteInbox> OpenInboxAsync()
    {
        var inbox = await SqliteInbox.OpenAsync(File, Time, Token);
        _open.Add(inbox);
        return inbox;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={File}");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Token);
    }
}
