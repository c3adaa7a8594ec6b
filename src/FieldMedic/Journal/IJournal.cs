using FieldMedic.Incidents;

namespace FieldMedic.Journal;

/// <summary>
/// The append-only record of incidents. Implementations promise: an append that returned <see cref="AppendOutcome.Appended"/>
/// survives a crash of the process and of the machine; (incident, sequence) is unique; entries read back equal what was written.
/// A store that cannot be reached or written throws <see cref="JournalException"/>; it never pretends.
/// </summary>
public interface IJournal
{
    /// <summary>Appends one event at exactly <paramref name="sequence"/>. With a lease, only while that lease is the newest of its system.</summary>
    Task<AppendOutcome> AppendAsync(IncidentId incident, long sequence, IncidentEvent happened, SystemLease? lease, CancellationToken cancellationToken);

    /// <summary>All entries of an incident in order; empty when there is no such incident.</summary>
    Task<IReadOnlyList<JournalEntry>> ReadAsync(IncidentId incident, CancellationToken cancellationToken);

    /// <summary>Incidents, newest first. Filters: system, lifecycle states; at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<IncidentHeader>> ListAsync(string? system, IReadOnlyCollection<IncidentLifecycle>? lifecycles, int limit, CancellationToken cancellationToken);

    /// <summary>The incidents of a system that an issue belongs to, newest first; as quick with a million incidents as with ten.</summary>
    Task<IReadOnlyList<IncidentHeader>> OfIssueAsync(string system, IssueRef issue, CancellationToken cancellationToken);

    /// <summary>Incidents of a system whose newest entry is from <paramref name="since"/> or later, the longest unchanged first: for hosts that keep up with a journal.</summary>
    Task<IReadOnlyList<IncidentHeader>> ChangedAsync(string system, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The action log of a system since a time, oldest first: a view over the journal.</summary>
    Task<IReadOnlyList<ActionLogRow>> ActionsAsync(string system, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Verdicts of a system since a time, oldest first; the breaker reads them.</summary>
    Task<IReadOnlyList<Verdict>> VerdictsAsync(string system, DateTimeOffset since, CancellationToken cancellationToken);
}
