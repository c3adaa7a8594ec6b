namespace FieldMedic.Tracker;

/// <summary>A comment. <paramref name="IsOurs"/> is decided by the account that wrote it, never by what the text says.</summary>
public sealed record IssueComment(long Id, string Author, bool IsOurs, bool IsBot, string Body, DateTimeOffset CreatedAt);
