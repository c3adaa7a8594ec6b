namespace FieldMedic.Journal;

/// <summary>
/// One writer per system. Implementations promise: at most one unexpired lease per system; every acquisition raises the
/// fence; a lease of a process on this machine that has died is free at once. All failures throw <see cref="JournalException"/>.
/// </summary>
public interface ISystemLocks
{
    /// <summary>Takes the system's lease, or null when somebody else holds it.</summary>
    Task<SystemLease?> TryAcquireAsync(string system, CancellationToken cancellationToken);

    /// <summary>Extends the lease; null when it is lost.</summary>
    Task<SystemLease?> RenewAsync(SystemLease lease, CancellationToken cancellationToken);

    Task ReleaseAsync(SystemLease lease, CancellationToken cancellationToken);

    /// <summary>
    /// Systems with an active incident whose holder is gone: its lease ended a moment ago and was not given back, or it is a process of this
    /// machine that has died. A store that serves one process need not tell.
    /// </summary>
    Task<IReadOnlyList<string>> AbandonedAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);
}
