using Dapper;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using Npgsql;

namespace FieldMedic.Storage.Postgres;

/// <summary>
/// One event on its way into the journal. One statement, so that it commits or not whatever becomes of the process that sent it. FOR
/// SHARE keeps the lease as it is until then: nobody can take the system over between the check and the commit.
/// </summary>
internal sealed record AppendRow
{
    private const string Statement =
        """
        WITH held AS MATERIALIZED (
          SELECT fence FROM leases WHERE system = @Leased AND fence = @Fence AND expires_at > clock_timestamp() FOR SHARE
        ), last AS (
          SELECT coalesce(max(sequence), 0) AS sequence FROM events WHERE incident = @Incident
        ), added AS (
          INSERT INTO events (incident, sequence, at, type, payload)
          SELECT @Incident, @Sequence, coalesce(@At::timestamptz, clock_timestamp()), @Type, @Payload FROM last
          WHERE last.sequence = @Sequence - 1 AND (@Opens IS NOT NULL OR @Sequence > 1) AND (@Fence IS NULL OR EXISTS (SELECT FROM held))
          ON CONFLICT DO NOTHING
          RETURNING at
        ), opened AS (
          INSERT INTO incidents (id, system, lifecycle, opened_at, last_at) SELECT @Incident, @Opens, @Lifecycle, at, at FROM added WHERE @Opens IS NOT NULL
        ), changed AS (
          UPDATE incidents SET last_at = added.at, lifecycle = coalesce(@Lifecycle, lifecycle) FROM added WHERE id = @Incident AND @Opens IS NULL
        ), serves AS (
          INSERT INTO incident_issues (incident, repository, number) SELECT @Incident, @Repository, @Number FROM added WHERE @Repository IS NOT NULL ON CONFLICT DO NOTHING
        )
        SELECT last.sequence AS last, EXISTS (SELECT FROM added) AS added, @Fence IS NULL OR EXISTS (SELECT FROM held) AS held FROM last
        """;

    public required string Incident { get; init; }

    public required long Sequence { get; init; }

    public required string Type { get; init; }

    public required string Payload { get; init; }

    /// <summary>Null for now, by the server's clock.</summary>
    public DateTime? At { get; init; }

    public string? Leased { get; init; }

    public long? Fence { get; init; }

    /// <summary>The system, in the first event of an incident.</summary>
    public string? Opens { get; init; }

    public string? Lifecycle { get; init; }

    public string? Repository { get; init; }

    public int? Number { get; init; }

    public static AppendRow Of(IncidentId incident, long sequence, IncidentEvent happened, string payload, SystemLease? lease, DateTimeOffset? at)
    {
        var opened = happened as IncidentEvent.IncidentOpened;
        var issue = opened?.Issue ?? (happened as IncidentEvent.IssueAttached)?.Issue;
        return new AppendRow
        {
            Incident = incident.Value,
            Sequence = sequence,
            Type = EventTypes.Of(happened),
            Payload = payload,
            At = at?.UtcDateTime,
            Leased = lease?.System,
            Fence = lease?.Fence,
            Opens = opened?.System,
            Lifecycle = IncidentHeader.After(happened)?.ToString(),
            Repository = issue?.Repository,
            Number = issue?.Number,
        };
    }

    /// <summary>Gives the last event before, whether it was added, and whether the lease, if it has one, was held.</summary>
    public Task<(long Last, bool Added, bool Held)> RunAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken cancellationToken)
        => connection.QuerySingleAsync<(long Last, bool Added, bool Held)>(new CommandDefinition(Statement, this, transaction, cancellationToken: cancellationToken));
}
