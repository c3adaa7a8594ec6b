using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Hosting;

/// <summary>The store of a command that must not make one: there is nothing in it and nothing can be put into it.</summary>
internal sealed class NothingStored : IJournal, ISystemLocks, IControls
{
    public Task<AppendOutcome> AppendAsync(IncidentId incident, long sequence, IncidentEvent happened, SystemLease? lease, CancellationToken cancellationToken) => throw Closed();

    public Task<IReadOnlyList<JournalEntry>> ReadAsync(IncidentId incident, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<JournalEntry>>([]);

    public Task<IReadOnlyList<IncidentHeader>> ListAsync(string? system, IReadOnlyCollection<IncidentLifecycle>? lifecycles, int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<IncidentHeader>>([]);

    public Task<IReadOnlyList<IncidentHeader>> OfIssueAsync(string system, IssueRef issue, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<IncidentHeader>>([]);

    public Task<IReadOnlyList<IncidentHeader>> ChangedAsync(string system, DateTimeOffset since, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<IncidentHeader>>([]);

    public Task<IReadOnlyList<ActionLogRow>> ActionsAsync(string system, DateTimeOffset since, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ActionLogRow>>([]);

    public Task<IReadOnlyList<Verdict>> VerdictsAsync(string system, DateTimeOffset since, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Verdict>>([]);

    public Task<SystemLease?> TryAcquireAsync(string system, CancellationToken cancellationToken) => throw Closed();

    public Task<SystemLease?> RenewAsync(SystemLease lease, CancellationToken cancellationToken) => throw Closed();

    public Task ReleaseAsync(SystemLease lease, CancellationToken cancellationToken) => throw Closed();

    public Task<string?> PausedAsync(string system, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task PauseAsync(string system, string by, CancellationToken cancellationToken) => throw Closed();

    public Task ResumeAsync(string system, string by, CancellationToken cancellationToken) => throw Closed();

    public Task<IReadOnlyList<ControlChange>> HistoryAsync(string system, int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ControlChange>>([]);

    private static JournalException Closed() => new("This command was opened without a store.");
}
