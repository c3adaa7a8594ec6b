using FieldMedic.Incidents;

namespace FieldMedic.Tracker;

/// <summary>An issue as the tracker gives it. Title, body and comments are hostile text: for triage only.</summary>
/// <param name="HumanReopened">A human reopened it after this account had closed it.</param>
/// <param name="LastReopenedAt">When it was last reopened by anyone, if ever.</param>
public sealed record Issue(
    IssueRef Ref,
    string Title,
    string Body,
    string Author,
    bool IsOpen,
    IReadOnlyList<string> Labels,
    IReadOnlyList<IssueComment> Comments,
    Uri Url,
    bool HumanReopened,
    DateTimeOffset? LastReopenedAt)
{
    /// <summary>It is closed, and this account closed it.</summary>
    public bool ClosedByUs { get; init; }

    /// <summary>False where the tracker does not tell who closed and reopened it. Then an issue of ours that is open again counts as reopened by a human.</summary>
    public bool KnowsHistory { get; init; } = true;

    /// <summary>How many comments there are, also where they cannot be read; null when that is not told.</summary>
    public int? CommentCount { get; init; }

    /// <summary>Labels and assignments, oldest first; empty where the tracker does not tell.</summary>
    public IReadOnlyList<IssueDeed> Deeds { get; init; } = [];

    /// <summary>Who put each label on that it carries now, by the tracker's history; a label nobody is known to have put on is missing.</summary>
    public IReadOnlyDictionary<string, string> LabelledBy { get; init; } = new Dictionary<string, string>();
}
