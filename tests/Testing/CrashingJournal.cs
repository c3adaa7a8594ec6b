using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Testing;

/// <summary>Ends the "process" at the n-th append: before it is durable, or right after.</summary>
public sealed class CrashingJournal(IJournal inner, int atAppend, bool afterAppend) : IJournal
{
    private int _appends;

    public sealed class CrashException : Exception;

    public async Task<AppendOutcome> AppendAsync(IncidentId incident, long sequence, IncidentEvent happened, SystemLease? lease, CancellationToken cancellationToken)
    {
        var isLast = Interlocked.Increment(ref _appends) == atAppend;
        if (isLast && !afterAppend)
        {
            throw new CrashException();
        }

        var outcome = await inner.AppendAsync(incident, sequence, happened, lease, cancellationToken);
        return isLast ? throw new CrashException() : outcome;
    }

    public Task<IReadOnlyList<JournalEntry>> ReadAsync(IncidentId incident, CancellationToken cancellationToken) => inner.ReadAsync(incident, cancellationToken);

    public Task<IReadOnlyList<IncidentHeader>> ListAsync(string? system, IReadOnlyCollection<IncidentLifecycle>? lifecycles, int limit, CancellationToken cancellationToken)
        => inner.ListAsync(system, lifecycles, limit, cancellationToken);

    public Task<IReadOnlyList<IncidentHeader>> OfIssueAsync(string system, IssueRef issue, CancellationToken cancellationToken) => inner.OfIssueAsync(system, issue, cancellationToken);

    public Task<IReadOnlyList<IncidentHeader>> ChangedAsync(string system, DateTimeOffset since, CancellationToken cancellationToken)
        => inner.ChangedAsync(system, since, cancellationToken);

    public Task<IReadOnlyList<ActionLogRow>> ActionsAsync(string system, DateTimeOffset since, CancellationToken cancellationToken)
        => inner.ActionsAsync(system, since, cancellationToken);

    public Task<IReadOnlyList<Verdict>> VerdictsAsync(string system, DateTimeOffset since, CancellationToken cancellationToken)
        => inner.VerdictsAsync(system, since, cancellationToken);
}
