using FieldMedic.Incidents;
using FieldMedic.Kpis;

namespace FieldMedic.Dashboard.History;

/// <summary>What the journal holds of the last 90 days, at one moment.</summary>
internal sealed record JournalView
{
    /// <summary>When it was last in step with the journal; null while it is still being read.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>How much of the journal was read, and how much there is, while it is read for the first time.</summary>
    public (int Read, int Of) Progress { get; init; }

    /// <summary>Why the journal cannot be read now; null when it can.</summary>
    public string? Failure { get; init; }

    /// <summary>Who has paused the system, and when; null when nobody has.</summary>
    public string? Paused { get; init; }

    /// <summary>Newest first, without what was measured.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    public IReadOnlyList<Incident> Unfinished { get; init; } = [];

    /// <summary>The last 30 days.</summary>
    public ReviewReport Month { get; init; } = ReviewReport.Of([], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    /// <summary>The last 90 days.</summary>
    public ReviewReport Quarter { get; init; } = ReviewReport.Of([], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    /// <summary>Each of the last 90 days (UTC), oldest first.</summary>
    public IReadOnlyList<KpiReport> Days { get; init; } = [];

    public ReviewReport Of(int days) => days == 30 ? Month : Quarter;
}
