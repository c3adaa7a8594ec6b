using Dapper;
using FieldMedic.Inbox;
using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Storage.Postgres;

/// <summary>
/// The journal in PostgreSQL, for several machines: what was acknowledged is on the server's disk. Any number of processes may use one
/// database; (incident, sequence) is unique and the lease is checked by the statement that appends. Times are the server's.
/// </summary>
internal sealed class PostgresStore : IStore
{
    private const string Headers = """
        SELECT id AS Id, system AS System, lifecycle AS Lifecycle, opened_at AS OpenedAt, last_at AS LastAt,
               ARRAY(SELECT repository FROM incident_issues WHERE incident = id ORDER BY repository, number) AS Repositories,
               ARRAY(SELECT number FROM incident_issues WHERE incident = id ORDER BY repository, number) AS Numbers
        FROM incidents
        """;

    private readonly PostgresDatabase _database;

    private PostgresStore(PostgresDatabase database)
        => (_database, Locks, Controls, Upkeep) = (database, new PostgresLocks(database), new PostgresControls(database), new PostgresUpkeep(database));

    public ISystemLocks Locks { get; }

    public IControls Controls { get; }

    public IStoreUpkeep Upkeep { get; }

    /// <summary>Connects and brings the schema up to date, where it is not.</summary>
    public static async Task<PostgresStore> OpenAsync(PostgresAddress address, CancellationToken cancellationToken)
    {
        var database = new PostgresDatabase(address);
        try
        {
            await PostgresSchema.PrepareAsync(database, cancellationToken).ConfigureAwait(false);
            return new PostgresStore(database);
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<AppendOutcome> AppendAsync(IncidentId incident, long sequence, IncidentEvent happened, SystemLease? lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var row = AppendRow.Of(incident, sequence, happened, JournalJson.Write(happened), lease, null);
        var (last, added, held) = await _database.OnceAsync(connection => row.RunAsync(connection, null, cancellationToken), cancellationToken).ConfigureAwait(false);
        return (added, held) switch
        {
            (true, _) => AppendOutcome.Appended,
            (_, false) => AppendOutcome.Fenced,
            _ when sequence > last + 1 => throw new JournalException($"Event {sequence} of {incident} would leave a gap after {last}."),
            _ when last == 0 => throw new JournalException($"{incident} was never opened."),
            _ => AppendOutcome.SequenceTaken,
        };
    }

    public Task<IReadOnlyList<JournalEntry>> ReadAsync(IncidentId incident, CancellationToken cancellationToken) => QueryAsync<(long Sequence, DateTime At, string Payload), JournalEntry>(
        "SELECT sequence, at, payload FROM events WHERE incident = @incident ORDER BY sequence",
        new { incident = incident.Value },
        row => new JournalEntry(incident, row.Sequence, row.At, JournalJson.Read(row.Payload)),
        cancellationToken);

    public Task<IReadOnlyList<IncidentHeader>> ListAsync(string? system, IReadOnlyCollection<IncidentLifecycle>? lifecycles, int limit, CancellationToken cancellationToken) => QueryAsync<HeaderRow, IncidentHeader>(
        $"""
        {Headers} WHERE (@system::text IS NULL OR system = @system) AND lifecycle = ANY(@wanted) ORDER BY opened_at DESC, id DESC LIMIT @limit
        """,
        new { system, wanted = (lifecycles ?? Enum.GetValues<IncidentLifecycle>()).Select(l => l.ToString()).ToArray(), limit },
        row => row.Header(),
        cancellationToken);

    public Task<IReadOnlyList<IncidentHeader>> OfIssueAsync(string system, IssueRef issue, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(issue);
        return QueryAsync<HeaderRow, IncidentHeader>(
            $"""
            {Headers} WHERE system = @system AND id IN (SELECT incident FROM incident_issues WHERE repository = @Repository AND number = @Number)
            ORDER BY opened_at DESC, id DESC
            """,
            new { system, issue.Repository, issue.Number },
            row => row.Header(),
            cancellationToken);
    }

    public Task<IReadOnlyList<IncidentHeader>> ChangedAsync(string system, DateTimeOffset since, CancellationToken cancellationToken) => QueryAsync<HeaderRow, IncidentHeader>(
        Headers + " WHERE system = @system AND last_at >= @since ORDER BY last_at, id",
        new { system, since = since.UtcDateTime },
        row => row.Header(),
        cancellationToken);

    public Task<IReadOnlyList<ActionLogRow>> ActionsAsync(string system, DateTimeOffset since, CancellationToken cancellationToken) => QueryAsync<(DateTime At, string Incident, string Started, string? Finished), ActionLogRow>(
        """
        SELECT started.at, started.incident, started.payload, finished.payload
        FROM events AS started
        JOIN incidents ON incidents.id = started.incident AND incidents.system = @system AND incidents.last_at >= @reach
        LEFT JOIN LATERAL (
          SELECT type, payload FROM events AS later
          WHERE later.incident = started.incident AND later.sequence > started.sequence AND later.type IN ('action_finished', 'action_started', 'flow_resumed')
          ORDER BY later.sequence LIMIT 1
        ) AS finished ON finished.type = 'action_finished'
        WHERE started.type = 'action_started' AND started.at >= @since ORDER BY started.at, started.incident, started.sequence
        """,
        new { system, since = since.UtcDateTime, reach = LookBack.Reach(since).UtcDateTime },
        row =>
        {
            var action = ((IncidentEvent.ActionStarted)JournalJson.Read(row.Started)).Action;
            var finished = row.Finished is null ? null : (IncidentEvent.ActionFinished)JournalJson.Read(row.Finished);
            return new ActionLogRow(row.At, new IncidentId(row.Incident), action.Remedy, action.Kind, action.Service, action.Target, finished?.Succeeded, finished?.Detail ?? "outcome not recorded");
        },
        cancellationToken);

    public Task<IReadOnlyList<Verdict>> VerdictsAsync(string system, DateTimeOffset since, CancellationToken cancellationToken) => QueryAsync<string, Verdict>(
        """
        SELECT payload FROM events JOIN incidents ON incidents.id = events.incident
        WHERE incidents.system = @system AND incidents.last_at >= @reach AND events.type = 'verified' AND events.at >= @since
        ORDER BY events.at, events.incident, events.sequence
        """,
        new { system, since = since.UtcDateTime, reach = LookBack.Reach(since).UtcDateTime },
        payload => ((IncidentEvent.Verified)JournalJson.Read(payload)).Verdict,
        cancellationToken);

    public Task<IDeliveryInbox> OpenInboxAsync(CancellationToken cancellationToken) => Task.FromResult<IDeliveryInbox>(new PostgresInbox(new PostgresDatabase(_database.Address, forInbox: true)));

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private Task<IReadOnlyList<T>> QueryAsync<TRow, T>(string sql, object arguments, Func<TRow, T> map, CancellationToken cancellationToken) => _database.RepeatableAsync<IReadOnlyList<T>>(
        async connection => [.. (await connection.QueryAsync<TRow>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken)).ConfigureAwait(false)).Select(map)],
        cancellationToken);

    private sealed record HeaderRow
    {
        public string Id { get; init; } = "";

        public string System { get; init; } = "";

        public string Lifecycle { get; init; } = "";

        public DateTime OpenedAt { get; init; }

        public DateTime LastAt { get; init; }

        public string[] Repositories { get; init; } = [];

        public int[] Numbers { get; init; } = [];

        public IncidentHeader Header() => new(
            new IncidentId(Id),
            System,
            Enum.Parse<IncidentLifecycle>(Lifecycle),
            OpenedAt,
            LastAt,
            [.. Repositories.Zip(Numbers, (repository, number) => new IssueRef(repository, number))]);
    }
}
