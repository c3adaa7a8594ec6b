using Dapper;
using FieldMedic.Journal;
using Microsoft.Data.Sqlite;

namespace FieldMedic.Storage;

/// <summary>Leases in the store. One of a process of this machine that no longer lives is free at once; any other expires.</summary>
internal sealed class SqliteLocks : ISystemLocks, IAsyncDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(20);
    private readonly SqliteFile _file;
    private readonly TimeProvider _time;

    // Of a thousand systems that are being worked on, many come due in the same second.
    private readonly GroupCommit<SystemLease> _renewals;

    public SqliteLocks(SqliteFile file, TimeProvider time) => (_file, _time, _renewals) = (file, time, new GroupCommit<SystemLease>(RenewAsync));

    public Task<SystemLease?> TryAcquireAsync(string system, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return _file.WriteAsync(
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

    public async Task<SystemLease?> RenewAsync(SystemLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var renewed = lease with { ExpiresAt = _time.GetUtcNow() + Lifetime };
        return await _renewals.RunAsync(renewed).WaitAsync(cancellationToken).ConfigureAwait(false) == 1 ? renewed : null;
    }

    public Task ReleaseAsync(SystemLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return _file.WriteAsync(
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

    public ValueTask DisposeAsync() => _renewals.DisposeAsync();

    private Task<IReadOnlyList<int>> RenewAsync(IReadOnlyList<SystemLease> renewals) => _file.WriteAsync<IReadOnlyList<int>>(
        async (connection, transaction) =>
        {
            var now = SqliteStore.Stamp(_time.GetUtcNow());
            var changed = new List<int>();
            foreach (var renewal in renewals)
            {
                changed.Add(await connection.ExecuteAsync(
                    "UPDATE leases SET expires_at = @expires WHERE system = @System AND fence = @Fence AND expires_at > @now",
                    new { renewal.System, renewal.Fence, expires = SqliteStore.Stamp(renewal.ExpiresAt), now },
                    transaction).ConfigureAwait(false));
            }

            return changed;
        },
        CancellationToken.None);

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
