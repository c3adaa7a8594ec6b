using Dapper;
using FieldMedic.Inbox;
using FieldMedic.Journal;
using Npgsql;
using NpgsqlTypes;

namespace FieldMedic.Storage.Postgres;

/// <summary>
/// Deliveries in PostgreSQL, over connections of their own, so that a flood of them never makes the journal wait. Writes that come
/// together are committed together. One node commits at a time: a number that is handed out is never overtaken by a lower one.
/// </summary>
internal sealed class PostgresInbox : IDeliveryInbox, IAsyncDisposable
{
    private const string Turn = "SELECT pg_advisory_xact_lock(hashtextextended('fieldmedic inbox ' || current_schema(), 0))";

    private const string Insert =
        """
        INSERT INTO deliveries (id, occurrence, kind, repository, issue, comment, actor_id, actor_login, actor_type, happened_at, accepted_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, clock_timestamp()) ON CONFLICT DO NOTHING
        """;

    private const string Finish = "UPDATE deliveries SET finished_at = clock_timestamp(), outcome = $2 WHERE sequence = $1 AND finished_at IS NULL";

    private readonly PostgresDatabase _database;
    private readonly GroupCommit<NpgsqlBatchCommand> _writes;

    public PostgresInbox(PostgresDatabase database) => (_database, _writes) = (database, new GroupCommit<NpgsqlBatchCommand>(CommitAsync));

    public async Task<bool> AcceptAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        cancellationToken.ThrowIfCancellationRequested();
        return await _writes.RunAsync(new NpgsqlBatchCommand(Insert)
        {
            Parameters =
            {
                Text(delivery.Id),
                Text(delivery.Occurrence),
                Text(delivery.Kind.ToString()),
                Text(delivery.Repository),
                Of(NpgsqlDbType.Integer, delivery.Issue),
                Of(NpgsqlDbType.Bigint, delivery.CommentId),
                Of(NpgsqlDbType.Bigint, delivery.Actor?.Id),
                Text(delivery.Actor?.Login),
                Text(delivery.Actor?.Type),
                Of(NpgsqlDbType.TimestampTz, delivery.HappenedAt.UtcDateTime),
            },
        }).ConfigureAwait(false) == 1;
    }

    public Task FinishAsync(long sequence, string outcome, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _writes.RunAsync(new NpgsqlBatchCommand(Finish) { Parameters = { Of(NpgsqlDbType.Bigint, sequence), Text(outcome) } });
    }

    public Task<IReadOnlyList<InboxEntry>> UnfinishedAsync(long after, int limit, CancellationToken cancellationToken) => _database.RepeatableAsync<IReadOnlyList<InboxEntry>>(
        async connection =>
        {
            var rows = await connection.QueryAsync<DeliveryRow>(new CommandDefinition(
                $"SELECT {DeliveryRow.Columns} FROM deliveries WHERE finished_at IS NULL AND sequence > @after ORDER BY sequence LIMIT @limit",
                new { after, limit },
                cancellationToken: cancellationToken)).ConfigureAwait(false);
            return [.. rows.Select(r => r.Entry())];
        },
        cancellationToken);

    public Task<string?> LastOutcomeAsync(string repository, int issue, string except, CancellationToken cancellationToken) => _database.RepeatableAsync(
        connection => connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "SELECT outcome FROM deliveries WHERE repository = @repository AND issue = @issue AND outcome <> @except ORDER BY sequence DESC LIMIT 1",
            new { repository, issue, except },
            cancellationToken: cancellationToken)),
        cancellationToken);

    public Task<DateTimeOffset?> MarkAsync(string feed, CancellationToken cancellationToken) => _database.RepeatableAsync<DateTimeOffset?>(
        async connection => await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition("SELECT mark FROM feeds WHERE name = @feed", new { feed }, cancellationToken: cancellationToken)).ConfigureAwait(false),
        cancellationToken);

    public Task SetMarkAsync(string feed, DateTimeOffset mark, CancellationToken cancellationToken) => _database.RepeatableAsync(
        connection => connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO feeds (name, mark) VALUES (@feed, @mark) ON CONFLICT (name) DO UPDATE SET mark = @mark",
            new { feed, mark = mark.UtcDateTime },
            cancellationToken: cancellationToken)),
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => _database.RepeatableAsync(
        connection => connection.ExecuteAsync(new CommandDefinition("DELETE FROM deliveries WHERE finished_at < @before", new { before = before.UtcDateTime }, cancellationToken: cancellationToken)),
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync().ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
    }

    private Task<IReadOnlyList<int>> CommitAsync(IReadOnlyList<NpgsqlBatchCommand> writes) => _database.OnceAsync<IReadOnlyList<int>>(
        async connection =>
        {
            // One batch is one transaction.
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Turn));
            foreach (var write in writes)
            {
                batch.BatchCommands.Add(write);
            }

            await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
            return [.. writes.Select(w => w.RecordsAffected)];
        },
        CancellationToken.None);

    private static NpgsqlParameter Text(string? value) => Of(NpgsqlDbType.Text, value);

    private static NpgsqlParameter Of(NpgsqlDbType type, object? value) => new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
}
