using Dapper;
using FieldMedic.Journal;

namespace FieldMedic.Storage.Postgres;

/// <summary>
/// Leases in PostgreSQL, by the server's clock alone. Each step is one statement that commits by itself: a process that is frozen in the
/// middle holds nothing. A lease of a process of this machine that no longer lives is free at once; any other expires.
/// </summary>
internal sealed class PostgresLocks(PostgresDatabase database) : ISystemLocks
{
    /// <summary>Unless the address asks for another one.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(12);
    private readonly TimeSpan _lifetime = database.Address.LeaseLifetime;

    private const string Take =
        """
        INSERT INTO leases (system, holder, machine, pid, process_start, fence, expires_at)
        VALUES (@system, @holder, @machine, @pid, @start, 1, clock_timestamp() + @Lifetime)
        ON CONFLICT (system) DO UPDATE
        SET holder = @holder, machine = @machine, pid = @pid, process_start = @start, fence = leases.fence + 1, expires_at = clock_timestamp() + @Lifetime
        WHERE leases.expires_at <= clock_timestamp() OR leases.fence = @dead
        RETURNING fence, expires_at
        """;

    public Task<SystemLease?> TryAcquireAsync(string system, CancellationToken cancellationToken) => database.RepeatableAsync(
        async connection =>
        {
            if (await TakeAsync(dead: null).ConfigureAwait(false) is { } free)
            {
                return free;
            }

            var held = await connection.QuerySingleOrDefaultAsync<(string Machine, int Pid, string Start, long Fence)?>(
                new CommandDefinition("SELECT machine, pid, process_start, fence FROM leases WHERE system = @system", new { system }, cancellationToken: cancellationToken)).ConfigureAwait(false);
            return held is var (machine, pid, start, fence) && ThisProcess.IsDead(machine, pid, start) ? await TakeAsync(fence).ConfigureAwait(false) : null;

            async Task<SystemLease?> TakeAsync(long? dead)
            {
                var asked = TimeProvider.System.GetTimestamp();
                var taken = await connection.QuerySingleOrDefaultAsync<(long Fence, DateTime ExpiresAt)?>(new CommandDefinition(
                    Take,
                    new { system, holder = ThisProcess.Name, machine = ThisProcess.Machine, pid = Environment.ProcessId, start = ThisProcess.Start, Lifetime = _lifetime, dead },
                    cancellationToken: cancellationToken)).ConfigureAwait(false);
                return taken is var (fence, expiresAt) ? new SystemLease(system, ThisProcess.Name, fence, expiresAt, _lifetime - TimeProvider.System.GetElapsedTime(asked)) : null;
            }
        },
        cancellationToken);

    public Task<SystemLease?> RenewAsync(SystemLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return database.RepeatableAsync(
            async connection => await connection.QuerySingleOrDefaultAsync<DateTime?>(new CommandDefinition(
                """
                UPDATE leases SET expires_at = clock_timestamp() + @Lifetime
                WHERE system = @System AND fence = @Fence AND expires_at > clock_timestamp() RETURNING expires_at
                """,
                new { lease.System, lease.Fence, Lifetime = _lifetime },
                cancellationToken: cancellationToken)).ConfigureAwait(false) is { } until
                ? lease with { ExpiresAt = until, Lifetime = _lifetime }
                : null,
            cancellationToken);
    }

    public Task ReleaseAsync(SystemLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return database.RepeatableAsync(
            connection => connection.ExecuteAsync(new CommandDefinition(
                "UPDATE leases SET expires_at = 'epoch' WHERE system = @System AND fence = @Fence",
                new { lease.System, lease.Fence },
                cancellationToken: cancellationToken)),
            cancellationToken);
    }

    public Task<IReadOnlyList<string>> AbandonedAsync(CancellationToken cancellationToken) => database.RepeatableAsync<IReadOnlyList<string>>(
        async connection =>
        {
            var held = (await connection.QueryAsync<(string System, string Machine, int Pid, string Start, bool HasEnded)>(new CommandDefinition(
                """
                SELECT system, machine, pid, process_start, expires_at <= clock_timestamp() FROM leases
                WHERE expires_at > clock_timestamp() - interval '30 s'
                  AND EXISTS (SELECT FROM incidents WHERE incidents.system = leases.system AND incidents.lifecycle = 'Active')
                """,
                cancellationToken: cancellationToken)).ConfigureAwait(false)).ToList();
            // A few processes hold all of them.
            var alive = held.ToLookup(l => (l.Machine, l.Pid, l.Start)).Where(g => !ThisProcess.IsDead(g.Key.Machine, g.Key.Pid, g.Key.Start)).Select(g => g.Key).ToHashSet();
            return [.. held.Where(l => l.HasEnded || !alive.Contains((l.Machine, l.Pid, l.Start))).Select(l => l.System)];
        },
        cancellationToken);
}
