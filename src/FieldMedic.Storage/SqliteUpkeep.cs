using System.Runtime.CompilerServices;
using Dapper;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using Microsoft.Data.Sqlite;

namespace FieldMedic.Storage;

internal sealed class SqliteUpkeep(SqliteFile file, string inbox) : IStoreUpkeep, IFileBackup
{
    private const int Page = 2000;
    private const int RemovedAtOnce = 200;
    private const string IsOver = "lifecycle = 'Over' AND last_at < @before";

    public async IAsyncEnumerable<StoredEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (incident, sequence) = ("", 0L);
        while (true)
        {
            var after = new { incident, sequence, Page };
            var rows = await file.ReadAsync(
                connection => connection.QueryAsync<(string Incident, long Sequence, string At, string Payload)>(
                    "SELECT incident, sequence, at, payload FROM events WHERE (incident, sequence) > (@incident, @sequence) ORDER BY incident, sequence LIMIT @Page",
                    after),
                cancellationToken).ConfigureAwait(false);
            var count = 0;
            foreach (var row in rows)
            {
                (incident, sequence, count) = (row.Incident, row.Sequence, count + 1);
                yield return new StoredEvent(row.Incident, row.Sequence, SqliteStore.Moment(row.At), row.Payload);
            }

            if (count < Page)
            {
                break;
            }
        }
    }

    public Task<IReadOnlyList<StoredPause>> PausesAsync(CancellationToken cancellationToken) => file.ReadAsync<IReadOnlyList<StoredPause>>(
        async connection => [.. (await connection.QueryAsync<(string System, string By, string At)>("SELECT system, paused_by, paused_at FROM controls ORDER BY system").ConfigureAwait(false)).Select(p => new StoredPause(p.System, p.By, SqliteStore.Moment(p.At)))],
        cancellationToken);

    public Task AddAsync(IAsyncEnumerable<StoredEvent> events, IReadOnlyCollection<StoredPause> pauses, CancellationToken cancellationToken) => file.WriteAsync(
        async (connection, transaction) =>
        {
            await connection.ExecuteAsync(
                "INSERT INTO controls (system, paused_by, paused_at) VALUES (@System, @By, @at) ON CONFLICT (system) DO NOTHING",
                pauses.Select(p => new { p.System, p.By, at = SqliteStore.Stamp(p.At) }),
                transaction).ConfigureAwait(false);
            await foreach (var stored in events.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                var entry = stored.Entry();
                if (entry.Event is IncidentEvent.IncidentOpened && await connection.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM incidents WHERE id = @Incident)", new { stored.Incident }, transaction).ConfigureAwait(false))
                {
                    throw new ImportRefusedException(stored.Line, $"{stored.Incident} is in this store already.");
                }

                await SqliteStore.InsertAsync(connection, transaction, entry, stored.Payload).ConfigureAwait(false);
            }

            return true;
        },
        cancellationToken);

    public Task<int> CountOverAsync(DateTimeOffset before, CancellationToken cancellationToken) => file.ReadAsync(
        connection => connection.ExecuteScalarAsync<int>($"SELECT count(*) FROM incidents WHERE {IsOver}", new { before = SqliteStore.Stamp(before) }),
        cancellationToken);

    public async Task<int> RemoveOverAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        while (true)
        {
            var some = await file.WriteAsync((connection, transaction) => RemoveSomeAsync(connection, transaction, before), cancellationToken).ConfigureAwait(false);
            removed += some;
            if (some < RemovedAtOnce)
            {
                return removed;
            }
        }
    }

    private static async Task<int> RemoveSomeAsync(SqliteConnection connection, SqliteTransaction transaction, DateTimeOffset before)
    {
        var ids = (await connection.QueryAsync<string>(
            $"SELECT id FROM incidents WHERE {IsOver} LIMIT @RemovedAtOnce",
            new { before = SqliteStore.Stamp(before), RemovedAtOnce },
            transaction).ConfigureAwait(false)).ToList();
        foreach (var table in new[] { "incident_issues WHERE incident", "events WHERE incident", "incidents WHERE id" })
        {
            await connection.ExecuteAsync($"DELETE FROM {table} IN @ids", new { ids }, transaction).ConfigureAwait(false);
        }

        return ids.Count;
    }

    public async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>(await FaultsAsync(file, cancellationToken).ConfigureAwait(false));
        if (File.Exists(inbox))
        {
            await using var beside = new SqliteFile(inbox, SqliteSchema.Inbox);
            faults.AddRange(await FaultsAsync(beside, cancellationToken).ConfigureAwait(false));
        }

        return faults;
    }

    public async Task<IReadOnlyList<string>> BackupAsync(string target, CancellationToken cancellationToken)
    {
        // The inbox first: a delivery that is finished in the copy has its incident in the copy of the journal, too.
        var copies = new List<string>();
        if (File.Exists(inbox))
        {
            await using var beside = new SqliteFile(inbox, SqliteSchema.Inbox);
            copies.Add(await beside.CopyAsync(Path.ChangeExtension(target, ".inbox.db"), cancellationToken).ConfigureAwait(false));
        }

        copies.Insert(0, await file.CopyAsync(target, cancellationToken).ConfigureAwait(false));
        return copies;
    }

    private static Task<IReadOnlyList<string>> FaultsAsync(SqliteFile of, CancellationToken cancellationToken) => of.ReadAsync<IReadOnlyList<string>>(
        async connection =>
        {
            var broken = (await connection.QueryAsync<string>("PRAGMA integrity_check").ConfigureAwait(false)).Where(line => line != "ok");
            var torn = await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM pragma_foreign_key_check").ConfigureAwait(false);
            return [.. broken.Select(line => $"{of.Path}: {line}"), .. torn > 0 ? [$"{of.Path}: {torn} rows belong to nothing"] : Array.Empty<string>()];
        },
        cancellationToken);
}
