namespace FieldMedic.Tracker;

/// <summary>A comment. <paramref name="IsOurs"/> is decided by the account that wrote it, never by what the text says.</summary>
public sealed record IssueComment(long Id, string Author, bool IsOurs, bool IsBot, string Body, DateTimeOffset CreatedAt)
{
    /// <summary>When the text was last changed, by whomever; null when the tracker does not tell.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>It no longer says what its author wrote first, and the one who changed it may be somebody else.</summary>
    public bool IsEdited => UpdatedAt is { } at && at != CreatedAt;
}
