namespace FieldMedic.Incidents;

/// <summary>One issue of an incident and what has been told to it.</summary>
public sealed record IssueState(IssueRef Issue, Complaint Complaint, bool HumanReopened)
{
    public long? CommentId { get; init; }

    /// <summary>How many comments the issue had when the report was about to be written; null while it is not.</summary>
    public int? CommentsBefore { get; init; }

    /// <summary>The final report stands on the issue.</summary>
    public bool Posted { get; init; }

    public bool Closed { get; init; }

    public bool Escalated { get; init; }

    /// <summary>Why it was escalated; null when it was not.</summary>
    public EscalationReason? Reason { get; init; }

    /// <summary>Why it was left as it is although the trouble is over; null when it was not.</summary>
    public string? Left { get; init; }

    /// <summary>Whose word closed it; null when nobody's did. Then <see cref="Closed"/>, which stands on a proof, is false.</summary>
    public string? ClosedOnWordOf { get; init; }

    /// <summary>A person said that closing it was wrong. A later incident serves it.</summary>
    public bool Disputed { get; init; }

    /// <summary>The comment that says so; null when the issue was simply reopened.</summary>
    public long? DisputedBy { get; init; }

    /// <summary>Everything this incident owes the issue is delivered.</summary>
    public bool Settled { get; init; }
}
