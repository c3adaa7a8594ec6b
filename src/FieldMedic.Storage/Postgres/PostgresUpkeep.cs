using System.Globalization;
using System.Runtime.CompilerServices;
using Dapper;
using Npgsql;

namespace FieldMedic.Storage.Postgres;

internal sealed class PostgresUpkeep(PostgresDatabase database) : IStoreUpkeep
{
    private const int Page = 2000;
    private const int RemovedAtOnce = 200;
    private const string IsOver = "lifecycle = 'Over' AND last_at < @before";
    private static readonly TimeSpan ClocksMayDiffer = TimeSpan.FromSeconds(5);

    public async IAsyncEnumerable<StoredEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (incident, sequence) = ("", 0L);
        while (true)
        {
            var after = new { incident, sequence, Page };
            var rows = await database.RepeatableAsync(
                connection => connection.QueryAsync<(string Incident, long Sequence, DateTime At, string Payload)>(new CommandDefinition(
                    "SELECT incident, sequence, at, payload FROM events WHERE (incident, sequence) > (@incident, @sequence) ORDER BY incident, sequence LIMIT @Page",
                    after,
                    cancellationToken: cancellationToken)),
                cancellationToken).ConfigureAwait(false);
            var count = 0;
            foreach (var row in rows)
            {
                (incident, sequence, count) = (row.Incident, row.Sequence, count + 1);
                yield return new StoredEvent(row.Incident, row.Sequence, row.At, row.Payload);
            }

            if (count < Page)
            {
                break;
            }
        }
    }

    public Task<IReadOnlyList<StoredPause>> PausesAsync(CancellationToken cancellationToken) => database.RepeatableAsync<IReadOnlyList<StoredPause>>(
        async connection => [.. (await connection.QueryAsync<(string System, string By, DateTime At)>(new CommandDefinition("SELECT system, paused_by, paused_at FROM controls ORDER BY system", cancellationToken: cancellationToken)).ConfigureAwait(false)).Select(p => new StoredPause(p.System, p.By, p.At))],
        cancellationToken);

    public Task AddAsync(IAsyncEnumerable<StoredEvent> events, IReadOnlyCollection<StoredPause> pauses, CancellationToken cancellationToken) => database.OnceAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(
                "INSERT INTO controls (system, paused_by, paused_at) VALUES (@System, @By, @at) ON CONFLICT (system) DO NOTHING",
                pauses.Select(p => new { p.System, p.By, at = p.At.UtcDateTime }),
                transaction).ConfigureAwait(false);
            await foreach (var stored in events.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                var entry = stored.Entry();
                var row = AppendRow.Of(entry.Incident, entry.Sequence, entry.Event, stored.Payload, null, stored.At);
                if (!(await row.RunAsync(connection, transaction, cancellationToken).ConfigureAwait(false)).Added)
                {
                    throw new ImportRefusedException(stored.Line, $"{stored.Incident} is in this store already.");
                }
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    public Task<int> CountOverAsync(DateTimeOffset before, CancellationToken cancellationToken) => database.RepeatableAsync(
        connection => connection.ExecuteScalarAsync<int>(new CommandDefinition($"SELECT count(*) FROM incidents WHERE {IsOver}", new { before = before.UtcDateTime }, cancellationToken: cancellationToken)),
        cancellationToken);

    public async Task<int> RemoveOverAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        while (true)
        {
            var some = await database.OnceAsync(connection => RemoveSomeAsync(connection, before, cancellationToken), cancellationToken).ConfigureAwait(false);
            removed += some;
            if (some < RemovedAtOnce)
            {
                return removed;
            }
        }
    }

    private static async Task<int> RemoveSomeAsync(NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        // The row is locked: an event that is just being appended either came first, and it stays, or finds no incident.
        var ids = (await connection.QueryAsync<string>(new CommandDefinition(
            $"SELECT id FROM incidents WHERE {IsOver} LIMIT @RemovedAtOnce FOR UPDATE SKIP LOCKED",
            new { before = before.UtcDateTime, RemovedAtOnce },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false)).ToArray();
        foreach (var table in new[] { "incident_issues WHERE incident", "events WHERE incident", "incidents WHERE id" })
        {
            await connection.ExecuteAsync(new CommandDefinition($"DELETE FROM {table} = ANY(@ids)", new { ids }, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return ids.Length;
    }

    public Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken) => database.RepeatableAsync<IReadOnlyList<string>>(
        async connection =>
        {
            var settings = await connection.QueryAsync<string>(new CommandDefinition("SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'", cancellationToken: cancellationToken)).ConfigureAwait(false);
            var faults = settings.Select(name => $"the server's setting {name} is off: a crash of its machine can lose what was acknowledged").ToList();
            var ahead = TimeProvider.System.GetUtcNow() - await connection.ExecuteScalarAsync<DateTime>(new CommandDefinition("SELECT clock_timestamp()", cancellationToken: cancellationToken)).ConfigureAwait(false);
            if (ahead.Duration() > ClocksMayDiffer)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"the clocks of this machine and of the server differ by {ahead.Duration().TotalSeconds:0} s: cooldowns are measured wrongly by as much"));
            }

            return faults;
        },
        cancellationToken);
}
