using Dapper;
using FieldMedic.Journal;
using Microsoft.Data.Sqlite;

namespace FieldMedic.Storage;

/// <summary>Leases in the store. One of a process of this machine that no longer lives is free at once; any other expires.</summary>
internal sealed class SqliteLocks(SqliteFile file, TimeProvider time) : ISystemLocks
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(20);

    public Task<SystemLease?> TryAcquireAsync(string system, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return file.WriteAsync(
            async (connection, transaction) =>
            {
                var held = await connection.QuerySingleOrDefaultAsync<Row?>(
                    "SELECT holder AS Holder, host AS Host, pid AS Pid, process_start AS ProcessStart, fence AS Fence, expires_at AS ExpiresAt FROM leases WHERE system = @system",
                    new { system },
                    transaction).ConfigureAwait(false);
                if (held is not null && SqliteStore.Moment(held.ExpiresAt) > now && !ThisProcess.IsDead(held.Host, held.Pid, held.ProcessStart))
                {
                    return null;
                }

                var lease = new SystemLease(system, ThisProcess.Name, (held?.Fence ?? 0) + 1, now + Lifetime, Lifetime);
                await connection.ExecuteAsync(
                    """
                    INSERT INTO leases (system, holder, host, pid, process_start, fence, expires_at)
                    VALUES (@system, @holder, @host, @pid, @start, @fence, @expires)
                    ON CONFLICT (system) DO UPDATE SET holder = @holder, host = @host, pid = @pid, process_start = @start, fence = @fence, expires_at = @expires
                    """,
                    new
                    {
                        system,
                        holder = lease.Holder,
                        host = ThisProcess.Machine,
                        pid = Environment.ProcessId,
                        start = ThisProcess.Start,
                        fence = lease.Fence,
                        expires = SqliteStore.Stamp(lease.ExpiresAt),
                    },
                    transaction).ConfigureAwait(false);
                return lease;
            },
            cancellationToken);
    }

    public Task<SystemLease?> RenewAsync(SystemLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var now = time.GetUtcNow();
        return file.WriteAsync<SystemLease?>(
            async (connection, transaction) =>
            {
                if (!await HoldsAsync(connection, transaction, lease, now).ConfigureAwait(false))
                {
                    return null;
                }

                var renewed = lease with { ExpiresAt = now + Lifetime };
                await connection.ExecuteAsync(
                    "UPDATE leases SET expires_at = @expires WHERE system = @System AND fence = @Fence",
                    new { lease.System, lease.Fence, expires = SqliteStore.Stamp(renewed.ExpiresAt) },
                    transaction).ConfigureAwait(false);
                return renewed;
            },
            cancellationToken);
    }

    public Task ReleaseAsync(SystemLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return file.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(
                "UPDATE leases SET expires_at = @past WHERE system = @System AND fence = @Fence",
                new { lease.System, lease.Fence, past = SqliteStore.Stamp(DateTimeOffset.UnixEpoch) },
                transaction),
            cancellationToken);
    }

    /// <summary>Whether the lease is the newest of its system and has not expired.</summary>
    public static async Task<bool> HoldsAsync(SqliteConnection connection, SqliteTransaction transaction, SystemLease lease, DateTimeOffset now)
    {
        var expires = await connection.ExecuteScalarAsync<string?>(
            "SELECT expires_at FROM leases WHERE system = @System AND fence = @Fence",
            new { lease.System, lease.Fence },
            transaction).ConfigureAwait(false);
        return expires is not null && SqliteStore.Moment(expires) > now;
    }

    private sealed record Row
    {
        public string Holder { get; init; } = "";

        public string Host { get; init; } = "";

        public long Pid { get; init; }

        public string ProcessStart { get; init; } = "";

        public long Fence { get; init; }

        public string ExpiresAt { get; init; } = "";
    }
}
