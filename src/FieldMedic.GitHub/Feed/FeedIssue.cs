namespace FieldMedic.GitHub.Feed;

/// <summary>The issue of an event.</summary>
internal sealed record FeedIssue(int Number, System.Text.Json.JsonElement? PullRequest);
