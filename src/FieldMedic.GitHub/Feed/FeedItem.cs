using FieldMedic.GitHub.Wire;

namespace FieldMedic.GitHub.Feed;

/// <summary>One entry of any of the lists that are polled: of issues, of comments, of events. Texts are left where they are.</summary>
internal sealed record FeedItem(
    long Id,
    int? Number,
    string? Event,
    WireUser? User,
    WireUser? Actor,
    DateTimeOffset CreatedAt,
    DateTimeOffset? UpdatedAt,
    Uri? HtmlUrl,
    Uri? IssueUrl,
    System.Text.Json.JsonElement? PullRequest,
    FeedIssue? Issue);
