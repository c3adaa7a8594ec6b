using Dapper;
using FieldMedic.Journal;

namespace FieldMedic.Storage.Postgres;

/// <summary>The kill switch in PostgreSQL.</summary>
internal sealed class PostgresControls(PostgresDatabase database) : IControls
{
    public Task<string?> PausedAsync(string system, CancellationToken cancellationToken) => database.RepeatableAsync(
        connection => connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            """
            SELECT 'by ' || paused_by || ' at ' || to_char(paused_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            FROM controls WHERE system IN (@system, '*') ORDER BY system = '*' LIMIT 1
            """,
            new { system },
            cancellationToken: cancellationToken)),
        cancellationToken);

    public Task PauseAsync(string system, string by, CancellationToken cancellationToken) => database.RepeatableAsync(
        connection => connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO controls (system, paused_by, paused_at) VALUES (@system, @by, clock_timestamp()) ON CONFLICT (system) DO NOTHING",
            new { system, by },
            cancellationToken: cancellationToken)),
        cancellationToken);

    public Task ResumeAsync(string system, string by, CancellationToken cancellationToken) => database.RepeatableAsync(
        connection => connection.ExecuteAsync(new CommandDefinition("DELETE FROM controls WHERE system = @system", new { system }, cancellationToken: cancellationToken)),
        cancellationToken);
}
