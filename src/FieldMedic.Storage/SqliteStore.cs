using System.Globalization;
using Dapper;
using FieldMedic.Inbox;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using Microsoft.Data.Sqlite;

namespace FieldMedic.Storage;

/// <summary>
/// The journal in one SQLite file (WAL, synchronous FULL): what was acknowledged survives a crash of process and machine.
/// Any number of processes may use one file. Every failure is a <see cref="JournalException"/> with the next step.
/// </summary>
public sealed class SqliteStore : IStore
{
    // SQLite takes no more than 32 766 values in one statement.
    private const int MostNames = 10_000;
    private readonly SqliteFile _file;
    private readonly SqliteLocks _locks;
    private readonly TimeProvider _time;

    private SqliteStore(SqliteFile file, TimeProvider time)
    {
        _file = file;
        _time = time;
        _locks = new SqliteLocks(file, time);
        Controls = new SqliteControls(file, time);
        Upkeep = new SqliteUpkeep(file, InboxOf(file.Path));
    }

    public ISystemLocks Locks => _locks;

    public IControls Controls { get; }

    public IStoreUpkeep Upkeep { get; }

    /// <summary>Opens the file, making it and its folder when missing, and brings the schema up to date.</summary>
    public static async Task<SqliteStore> OpenAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var file = new SqliteFile(Path.GetFullPath(path), SqliteSchema.Journal);
        await file.PrepareAsync(cancellationToken).ConfigureAwait(false);
        return new SqliteStore(file, time);
    }

    public Task<AppendOutcome> AppendAsync(IncidentId incident, long sequence, IncidentEvent happened, SystemLease? lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var payload = JournalJson.Write(happened);
        var now = _time.GetUtcNow();
        return _file.WriteAsync(
            async (connection, transaction) =>
            {
                if (lease is not null && !await SqliteLocks.HoldsAsync(connection, transaction, lease, now).ConfigureAwait(false))
                {
                    return AppendOutcome.Fenced;
                }

                var last = await connection.ExecuteScalarAsync<long?>("SELECT max(sequence) FROM events WHERE incident = @incident", new { incident = incident.Value }, transaction).ConfigureAwait(false) ?? 0;
                if (sequence <= last)
                {
                    return AppendOutcome.SequenceTaken;
                }

                if (sequence != last + 1)
                {
                    throw new JournalException($"Event {sequence} of {incident} would leave a gap after {last}.");
                }

                await InsertAsync(connection, transaction, new JournalEntry(incident, sequence, now, happened), payload).ConfigureAwait(false);
                return AppendOutcome.Appended;
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<JournalEntry>> ReadAsync(IncidentId incident, CancellationToken cancellationToken) => _file.ReadAsync<IReadOnlyList<JournalEntry>>(
        async connection =>
        {
            var rows = await connection.QueryAsync<(long Sequence, string At, string Payload)>(
                "SELECT sequence, at, payload FROM events WHERE incident = @incident ORDER BY sequence",
                new { incident = incident.Value }).ConfigureAwait(false);
            return [.. rows.Select(r => new JournalEntry(incident, r.Sequence, Moment(r.At), JournalJson.Read(r.Payload)))];
        },
        cancellationToken);

    public Task<IReadOnlyList<IncidentHeader>> ListAsync(string? system, IReadOnlyCollection<IncidentLifecycle>? lifecycles, int limit, CancellationToken cancellationToken) => _file.ReadAsync<IReadOnlyList<IncidentHeader>>(
        async connection =>
        {
            var wanted = (lifecycles ?? Enum.GetValues<IncidentLifecycle>()).Select(l => l.ToString()).ToArray();
            var rows = (await connection.QueryAsync<(string Id, string System, string Lifecycle, string OpenedAt, string LastAt)>(
                $"""
                SELECT id, system, lifecycle, opened_at, last_at FROM incidents
                WHERE {(system is null ? "" : "system = @system AND")} lifecycle IN @wanted
                ORDER BY opened_at DESC, id DESC LIMIT @limit
                """,
                new { system, wanted, limit }).ConfigureAwait(false)).ToList();
            return await HeadersAsync(connection, rows).ConfigureAwait(false);
        },
        cancellationToken);

    public Task<IReadOnlyList<IncidentHeader>> OfIssueAsync(string system, IssueRef issue, CancellationToken cancellationToken) => _file.ReadAsync(
        async connection =>
        {
            ArgumentNullException.ThrowIfNull(issue);
            var rows = (await connection.QueryAsync<(string Id, string System, string Lifecycle, string OpenedAt, string LastAt)>(
                """
                SELECT id, system, lifecycle, opened_at, last_at FROM incident_issues JOIN incidents ON incidents.id = incident
                WHERE repository = @Repository AND number = @Number AND system = @system
                ORDER BY opened_at DESC, id DESC
                """,
                new { system, issue.Repository, issue.Number }).ConfigureAwait(false)).ToList();
            return await HeadersAsync(connection, rows).ConfigureAwait(false);
        },
        cancellationToken);

    public Task<IReadOnlyList<IncidentHeader>> ChangedAsync(string system, DateTimeOffset since, CancellationToken cancellationToken) => _file.ReadAsync<IReadOnlyList<IncidentHeader>>(
        async connection =>
        {
            var rows = (await connection.QueryAsync<(string Id, string System, string Lifecycle, string OpenedAt, string LastAt)>(
                "SELECT id, system, lifecycle, opened_at, last_at FROM incidents WHERE system = @system AND last_at >= @since ORDER BY last_at, id",
                new { system, since = Stamp(since) }).ConfigureAwait(false)).ToList();
            return await HeadersAsync(connection, rows).ConfigureAwait(false);
        },
        cancellationToken);

    public Task<IReadOnlyList<ActionLogRow>> ActionsAsync(string system, DateTimeOffset since, CancellationToken cancellationToken) => _file.ReadAsync<IReadOnlyList<ActionLogRow>>(
        async connection =>
        {
            var rows = await connection.QueryAsync<(string At, string Incident, string Remedy, string Kind, string? Service, string Target, long? Succeeded, string Details)>(
                "SELECT at, incident, remedy, kind, service, target, succeeded, details FROM action_log WHERE system = @system AND incident_changed_at >= @reach AND at >= @since ORDER BY at",
                new { system, since = Stamp(since), reach = Stamp(LookBack.Reach(since)) }).ConfigureAwait(false);
            return [.. rows.Select(r => new ActionLogRow(Moment(r.At), new IncidentId(r.Incident), r.Remedy, r.Kind, r.Service, r.Target, r.Succeeded is { } s ? s != 0 : null, r.Details))];
        },
        cancellationToken);

    public Task<IReadOnlyList<Verdict>> VerdictsAsync(string system, DateTimeOffset since, CancellationToken cancellationToken) => _file.ReadAsync<IReadOnlyList<Verdict>>(
        async connection =>
        {
            var payloads = await connection.QueryAsync<string>(
                """
                SELECT payload FROM incidents CROSS JOIN events ON events.incident = incidents.id
                WHERE incidents.system = @system AND incidents.last_at >= @reach
                  AND events.type = 'verified' AND events.type IN ('action_started', 'verified') AND events.at >= @since
                ORDER BY events.at
                """,
                new { system, since = Stamp(since), reach = Stamp(LookBack.Reach(since)) }).ConfigureAwait(false);
            return [.. payloads.Select(JournalJson.Read).OfType<IncidentEvent.Verified>().Select(v => v.Verdict)];
        },
        cancellationToken);

    public async Task<IDeliveryInbox> OpenInboxAsync(CancellationToken cancellationToken)
        => await SqliteInbox.OpenAsync(InboxOf(_file.Path), _time, cancellationToken).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        await _locks.DisposeAsync().ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
    }

    internal static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    internal static DateTimeOffset Moment(string stamp) => DateTimeOffset.Parse(stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>The file of the inbox that belongs to a journal.</summary>
    internal static string InboxOf(string path) => Path.ChangeExtension(path, ".inbox.db");

    internal static async Task InsertAsync(SqliteConnection connection, SqliteTransaction transaction, JournalEntry entry, string payload)
    {
        await connection.ExecuteAsync(
            "INSERT INTO events (incident, sequence, at, type, payload) VALUES (@incident, @Sequence, @at, @type, @payload)",
            new { incident = entry.Incident.Value, entry.Sequence, at = Stamp(entry.At), type = EventTypes.Of(entry.Event), payload },
            transaction).ConfigureAwait(false);
        await ProjectAsync(connection, transaction, entry.Incident, entry.Event, entry.At).ConfigureAwait(false);
    }

    /// <summary>Rows of the list with the issues of each.</summary>
    private static async Task<IReadOnlyList<IncidentHeader>> HeadersAsync(SqliteConnection connection, List<(string Id, string System, string Lifecycle, string OpenedAt, string LastAt)> rows)
    {
        var found = new List<(string Incident, string Repository, int Number)>();
        foreach (var ids in rows.Select(r => r.Id).Chunk(MostNames))
        {
            found.AddRange(await connection.QueryAsync<(string Incident, string Repository, int Number)>(
                "SELECT incident, repository, number FROM incident_issues WHERE incident IN @ids",
                new { ids }).ConfigureAwait(false));
        }

        var issues = found.ToLookup(i => i.Incident, i => new IssueRef(i.Repository, i.Number));
        return [.. rows.Select(r => new IncidentHeader(new IncidentId(r.Id), r.System, Enum.Parse<IncidentLifecycle>(r.Lifecycle), Moment(r.OpenedAt), Moment(r.LastAt), [.. issues[r.Id]]))];
    }

    /// <summary>Keeps the list of incidents in step with the events, in the same transaction.</summary>
    private static async Task ProjectAsync(SqliteConnection connection, SqliteTransaction transaction, IncidentId incident, IncidentEvent happened, DateTimeOffset now)
    {
        var id = incident.Value;
        var at = Stamp(now);
        if (happened is IncidentEvent.IncidentOpened opened)
        {
            await connection.ExecuteAsync(
                "INSERT INTO incidents (id, system, lifecycle, opened_at, last_at) VALUES (@id, @system, @lifecycle, @at, @at)",
                new { id, system = opened.System, lifecycle = nameof(IncidentLifecycle.Active), at },
                transaction).ConfigureAwait(false);
        }
        else
        {
            var changed = await connection.ExecuteAsync(
                "UPDATE incidents SET last_at = @at, lifecycle = coalesce(@lifecycle, lifecycle) WHERE id = @id",
                new { id, at, lifecycle = IncidentHeader.After(happened)?.ToString() },
                transaction).ConfigureAwait(false);
            if (changed != 1)
            {
                throw new JournalException($"{incident} was never opened.");
            }
        }

        var issue = happened switch
        {
            IncidentEvent.IncidentOpened e => e.Issue,
            IncidentEvent.IssueAttached e => e.Issue,
            _ => null,
        };
        if (issue is not null)
        {
            await connection.ExecuteAsync(
                "INSERT OR IGNORE INTO incident_issues (incident, repository, number) VALUES (@id, @repository, @number)",
                new { id, repository = issue.Repository, number = issue.Number },
                transaction).ConfigureAwait(false);
        }
    }
}
