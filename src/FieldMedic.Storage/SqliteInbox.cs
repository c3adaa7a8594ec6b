using Dapper;
using FieldMedic.Inbox;
using FieldMedic.Journal;
using Microsoft.Data.Sqlite;

namespace FieldMedic.Storage;

/// <summary>
/// Deliveries in a SQLite file of their own (WAL, synchronous FULL), so that a flood of them never makes the journal wait. Writes that
/// come together are committed together.
/// </summary>
public sealed class SqliteInbox : IDeliveryInbox, IAsyncDisposable
{
    private static readonly string[] Columns = ["id", "occurrence", "kind", "repository", "issue", "comment", "actor_id", "actor_login", "actor_type", "happened_at", "accepted_at"];
    private static readonly Func<SqliteConnection, SqliteTransaction, SqliteCommand> Insert = (connection, transaction) => Command(
        connection,
        transaction,
        $"INSERT INTO deliveries ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(c => "$" + c))}) ON CONFLICT DO NOTHING",
        Columns);

    private static readonly Func<SqliteConnection, SqliteTransaction, SqliteCommand> Finish = (connection, transaction) => Command(
        connection,
        transaction,
        "UPDATE deliveries SET finished_at = $at, outcome = $outcome WHERE sequence = $sequence AND finished_at IS NULL",
        ["at", "outcome", "sequence"]);

    private readonly SqliteFile _file;
    private readonly GroupCommit<Write> _writes;
    private readonly TimeProvider _time;

    private SqliteInbox(SqliteFile file, TimeProvider time) => (_file, _writes, _time) = (file, new GroupCommit<Write>(CommitAsync), time);

    /// <summary>Opens the file, making it and its folder when missing, and brings the schema up to date.</summary>
    public static async Task<SqliteInbox> OpenAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var file = new SqliteFile(Path.GetFullPath(path), SqliteSchema.Inbox);
        await file.PrepareAsync(cancellationToken).ConfigureAwait(false);
        return new SqliteInbox(file, time);
    }

    public async Task<bool> AcceptAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        cancellationToken.ThrowIfCancellationRequested();
        var now = SqliteStore.Stamp(_time.GetUtcNow());
        return await _writes.RunAsync(new Write(Insert, command => Fill(
            command,
            delivery.Id,
            delivery.Occurrence,
            delivery.Kind.ToString(),
            delivery.Repository,
            delivery.Issue,
            delivery.CommentId,
            delivery.Actor?.Id,
            delivery.Actor?.Login,
            delivery.Actor?.Type,
            SqliteStore.Stamp(delivery.HappenedAt),
            now))).ConfigureAwait(false) == 1;
    }

    public Task<IReadOnlyList<InboxEntry>> UnfinishedAsync(long after, int limit, CancellationToken cancellationToken) => _file.ReadAsync<IReadOnlyList<InboxEntry>>(
        async connection =>
        {
            var rows = await connection.QueryAsync<Row>(
                """
                SELECT sequence AS Sequence, id AS Id, kind AS Kind, repository AS Repository, issue AS Issue, comment AS Comment,
                       actor_id AS ActorId, actor_login AS ActorLogin, actor_type AS ActorType, happened_at AS HappenedAt
                FROM deliveries WHERE finished_at IS NULL AND sequence > @after ORDER BY sequence LIMIT @limit
                """,
                new { after, limit }).ConfigureAwait(false);
            return [.. rows.Select(r => r.Entry())];
        },
        cancellationToken);

    public Task FinishAsync(long sequence, string outcome, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var now = SqliteStore.Stamp(_time.GetUtcNow());
        return _writes.RunAsync(new Write(Finish, command => Fill(command, now, outcome, sequence)));
    }

    public Task<string?> LastOutcomeAsync(string repository, int issue, string except, CancellationToken cancellationToken) => _file.ReadAsync(
        connection => connection.ExecuteScalarAsync<string?>(
            "SELECT outcome FROM deliveries WHERE repository = @repository AND issue = @issue AND outcome <> @except ORDER BY sequence DESC LIMIT 1",
            new { repository, issue, except }),
        cancellationToken);

    public Task<DateTimeOffset?> MarkAsync(string feed, CancellationToken cancellationToken) => _file.ReadAsync<DateTimeOffset?>(
        async connection => await connection.ExecuteScalarAsync<string?>("SELECT mark FROM feeds WHERE name = @feed", new { feed }).ConfigureAwait(false) is { } mark
            ? SqliteStore.Moment(mark)
            : null,
        cancellationToken);

    public Task SetMarkAsync(string feed, DateTimeOffset mark, CancellationToken cancellationToken) => _file.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(
            "INSERT INTO feeds (name, mark) VALUES (@feed, @mark) ON CONFLICT (name) DO UPDATE SET mark = @mark",
            new { feed, mark = SqliteStore.Stamp(mark) },
            transaction),
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => _file.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(
            "DELETE FROM deliveries WHERE finished_at < @before", new { before = SqliteStore.Stamp(before) }, transaction),
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync().ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
    }

    private Task<IReadOnlyList<int>> CommitAsync(IReadOnlyList<Write> writes)
        => _file.WriteAsync((connection, transaction) => Task.FromResult<IReadOnlyList<int>>(Execute(writes, connection, transaction)), CancellationToken.None);

    private static int[] Execute(IReadOnlyList<Write> writes, SqliteConnection connection, SqliteTransaction transaction)
    {
        var prepared = new Dictionary<Func<SqliteConnection, SqliteTransaction, SqliteCommand>, SqliteCommand>();
        try
        {
            var changed = new int[writes.Count];
            for (var i = 0; i < changed.Length; i++)
            {
                if (!prepared.TryGetValue(writes[i].Make, out var command))
                {
                    prepared[writes[i].Make] = command = writes[i].Make(connection, transaction);
                    command.Prepare();
                }

                writes[i].Fill(command);
                changed[i] = command.ExecuteNonQuery();
            }

            return changed;
        }
        finally
        {
            foreach (var command in prepared.Values)
            {
                command.Dispose();
            }
        }
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction transaction, string sql, string[] parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter("$" + name, null));
        }

        return command;
    }

    private static void Fill(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }

    private sealed record Write(Func<SqliteConnection, SqliteTransaction, SqliteCommand> Make, Action<SqliteCommand> Fill);

    private sealed record Row
    {
        public long Sequence { get; init; }

        public string Id { get; init; } = "";

        public string Kind { get; init; } = "";

        public string? Repository { get; init; }

        public long? Issue { get; init; }

        public long? Comment { get; init; }

        public long? ActorId { get; init; }

        public string? ActorLogin { get; init; }

        public string? ActorType { get; init; }

        public string HappenedAt { get; init; } = "";

        public InboxEntry Entry()
        {
            var actor = ActorId is { } id ? new Actor(id, ActorLogin ?? "", ActorType ?? "") : null;
            var kind = Enum.TryParse<DeliveryKind>(Kind, out var known)
                ? known
                : throw new JournalException($"The inbox holds a delivery of kind '{Kind}', which this version does not know. Use the newer FieldMedic that wrote it.");
            return new InboxEntry(Sequence, new Delivery(Id, kind, Repository, (int?)Issue, Comment, actor, SqliteStore.Moment(HappenedAt)));
        }
    }
}
