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

    public Task PauseAsync(string system, string by, CancellationToken cancellationToken) => ChangeAsync(
        """
        WITH changed AS (
          INSERT INTO controls (system, paused_by, paused_at) VALUES (@system, @by, clock_timestamp()) ON CONFLICT (system) DO NOTHING RETURNING system)
        INSERT INTO control_changes (at, system, changed_by, is_pause) SELECT clock_timestamp(), system, @by, true FROM changed
        """,
        system,
        by,
        cancellationToken);

    public Task ResumeAsync(string system, string by, CancellationToken cancellationToken) => ChangeAsync(
        """
        WITH changed AS (DELETE FROM controls WHERE system = @system RETURNING system)
        INSERT INTO control_changes (at, system, changed_by, is_pause) SELECT clock_timestamp(), system, @by, false FROM changed
        """,
        system,
        by,
        cancellationToken);

    public Task<IReadOnlyList<ControlChange>> HistoryAsync(string system, int limit, CancellationToken cancellationToken) => database.RepeatableAsync<IReadOnlyList<ControlChange>>(
        async connection =>
        {
            var rows = await connection.QueryAsync<(DateTime At, string System, string By, bool IsPause)>(new CommandDefinition(
                "SELECT at, system, changed_by, is_pause FROM control_changes WHERE system IN (@system, '*') ORDER BY sequence DESC LIMIT @limit",
                new { system, limit },
                cancellationToken: cancellationToken)).ConfigureAwait(false);
            return [.. rows.Select(r => new ControlChange(r.At, r.System, r.By, r.IsPause))];
        },
        cancellationToken);

    /// <summary>One statement: the change and the note of it are both there or neither is, and repeating it changes nothing more.</summary>
    private Task<int> ChangeAsync(string sql, string system, string by, CancellationToken cancellationToken) => database.RepeatableAsync(
        connection => connection.ExecuteAsync(new CommandDefinition(sql, new { system, by }, cancellationToken: cancellationToken)),
        cancellationToken);
}
