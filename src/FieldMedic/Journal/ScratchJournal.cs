using System.Collections.Concurrent;
using FieldMedic.Incidents;

namespace FieldMedic.Journal;

/// <summary>The journal of a dry run: appends stay in memory, limits are read from the real one. Nothing is written anywhere.</summary>
internal sealed class ScratchJournal(IJournal real, TimeProvider time) : IJournal
{
    private readonly ConcurrentDictionary<IncidentId, List<JournalEntry>> _entries = new();

    public Task<AppendOutcome> AppendAsync(IncidentId incident, long sequence, IncidentEvent happened, SystemLease? lease, CancellationToken cancellationToken)
    {
        _entries.GetOrAdd(incident, _ => []).Add(new JournalEntry(incident, sequence, time.GetUtcNow(), happened));
        return Task.FromResult(AppendOutcome.Appended);
    }

    public Task<IReadOnlyList<JournalEntry>> ReadAsync(IncidentId incident, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<JournalEntry>>(_entries.TryGetValue(incident, out var entries) ? [.. entries] : []);

    public Task<IReadOnlyList<IncidentHeader>> ListAsync(string? system, IReadOnlyCollection<IncidentLifecycle>? lifecycles, int limit, CancellationToken cancellationToken)
        => real.ListAsync(system, lifecycles, limit, cancellationToken);

    public Task<IReadOnlyList<IncidentHeader>> OfIssueAsync(string system, IssueRef issue, CancellationToken cancellationToken) => real.OfIssueAsync(system, issue, cancellationToken);

    public Task<IReadOnlyList<IncidentHeader>> ChangedAsync(string system, DateTimeOffset since, CancellationToken cancellationToken)
        => real.ChangedAsync(system, since, cancellationToken);

    public Task<IReadOnlyList<ActionLogRow>> ActionsAsync(string system, DateTimeOffset since, CancellationToken cancellationToken)
        => real.ActionsAsync(system, since, cancellationToken);

    public Task<IReadOnlyList<Verdict>> VerdictsAsync(string system, DateTimeOffset since, CancellationToken cancellationToken)
        => real.VerdictsAsync(system, since, cancellationToken);
}
