using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Testing;

/// <summary>A journal that can go wrong in chosen ways; what is not chosen goes through.</summary>
public sealed class InterferingJournal(IJournal inner) : IJournal
{
    /// <summary>Called before each append: may throw, or give an outcome in place of the real one.</summary>
    public Func<IncidentEvent, AppendOutcome?> BeforeAppend { get; set; } = _ => null;

    /// <summary>Called before limits are read: may throw.</summary>
    public Action BeforeLimits { get; set; } = () => { };

    public Task<AppendOutcome> AppendAsync(IncidentId incident, long sequence, IncidentEvent happened, SystemLease? lease, CancellationToken cancellationToken)
        => BeforeAppend(happened) is { } outcome
            ? Task.FromResult(outcome)
            : inner.AppendAsync(incident, sequence, happened, lease, cancellationToken);

    /// <summary>How often a whole incident was read.</summary>
    public int Reads { get; private set; }

    public Task<IReadOnlyList<JournalEntry>> ReadAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        Reads++;
        return inner.ReadAsync(incident, cancellationToken);
    }

    public Task<IReadOnlyList<IncidentHeader>> ListAsync(string? system, IReadOnlyCollection<IncidentLifecycle>? lifecycles, int limit, CancellationToken cancellationToken)
        => inner.ListAsync(system, lifecycles, limit, cancellationToken);

    public Task<IReadOnlyList<IncidentHeader>> OfIssueAsync(string system, IssueRef issue, CancellationToken cancellationToken) => inner.OfIssueAsync(system, issue, cancellationToken);

    public Task<IReadOnlyList<IncidentHeader>> ChangedAsync(string system, DateTimeOffset since, CancellationToken cancellationToken)
        => inner.ChangedAsync(system, since, cancellationToken);

    public Task<IReadOnlyList<ActionLogRow>> ActionsAsync(string system, DateTimeOffset since, CancellationToken cancellationToken)
    {
        BeforeLimits();
        return inner.ActionsAsync(system, since, cancellationToken);
    }

    public Task<IReadOnlyList<Verdict>> VerdictsAsync(string system, DateTimeOffset since, CancellationToken cancellationToken)
    {
        BeforeLimits();
        return inner.VerdictsAsync(system, since, cancellationToken);
    }
}
