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

    public Task PauseAsync(string system, string by, CancellationToken cancellationToken) => file.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(
            "INSERT INTO controls (system, paused_by, paused_at) VALUES (@system, @by, @at) ON CONFLICT (system) DO NOTHING",
            new { system, by, at = SqliteStore.Stamp(time.GetUtcNow()) },
            transaction),
        cancellationToken);

    public Task ResumeAsync(string system, string by, CancellationToken cancellationToken) => file.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync("DELETE FROM controls WHERE system = @system", new { system }, transaction),
        cancellationToken);
}
