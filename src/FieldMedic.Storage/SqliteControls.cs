using Dapper;
using FieldMedic.Journal;

namespace FieldMedic.Storage;

/// <summary>The kill switch in the store.</summary>
internal sealed class SqliteControls(SqliteFile file, TimeProvider time) : IControls
{
    public Task<string?> PausedAsync(string system, CancellationToken cancellationToken) => file.ReadAsync(
        connection => connection.ExecuteScalarAsync<string?>(
            "SELECT 'by ' || paused_by || ' at ' || substr(paused_at, 1, 19) || 'Z' FROM controls WHERE system IN (@system, '*') ORDER BY system DESC LIMIT 1",
            new { system }),
        cancellationToken);

    public Task PauseAsync(string system, string by, CancellationToken cancellationToken) => ChangeAsync(
        "INSERT INTO controls (system, paused_by, paused_at) VALUES (@system, @by, @at) ON CONFLICT (system) DO NOTHING", system, by, isPause: true, cancellationToken);

    public Task ResumeAsync(string system, string by, CancellationToken cancellationToken) => ChangeAsync(
        "DELETE FROM controls WHERE system = @system", system, by, isPause: false, cancellationToken);

    public Task<IReadOnlyList<ControlChange>> HistoryAsync(string system, int limit, CancellationToken cancellationToken) => file.ReadAsync<IReadOnlyList<ControlChange>>(
        async connection =>
        {
            var rows = await connection.QueryAsync<(string At, string System, string By, long IsPause)>(
                "SELECT at, system, changed_by, is_pause FROM control_changes WHERE system IN (@system, '*') ORDER BY sequence DESC LIMIT @limit",
                new { system, limit }).ConfigureAwait(false);
            return [.. rows.Select(r => new ControlChange(SqliteStore.Moment(r.At), r.System, r.By, r.IsPause != 0))];
        },
        cancellationToken);

    private Task<int> ChangeAsync(string sql, string system, string by, bool isPause, CancellationToken cancellationToken) => file.WriteAsync(
        async (connection, transaction) =>
        {
            var at = SqliteStore.Stamp(time.GetUtcNow());
            return await connection.ExecuteAsync(sql, new { system, by, at }, transaction).ConfigureAwait(false) == 0
                ? 0
                : await connection.ExecuteAsync(
                    "INSERT INTO control_changes (at, system, changed_by, is_pause) VALUES (@at, @system, @by, @isPause)",
                    new { at, system, by, isPause },
                    transaction).ConfigureAwait(false);
        },
        cancellationToken);
}
