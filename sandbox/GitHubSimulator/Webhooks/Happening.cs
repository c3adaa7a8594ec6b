using GitHubSimulator.State;

namespace GitHubSimulator.Webhooks;

/// <summary>Something that a webhook tells of.</summary>
/// <param name="Event"><c>issues</c> or <c>issue_comment</c>.</param>
internal sealed record Happening(string Event, string Action, Issue Issue)
{
    public Comment? Comment { get; init; }

    public string? Label { get; init; }

    /// <summary>Title and text before an edit; null where they did not change.</summary>
    public string? OldTitle { get; init; }

    public string? OldBody { get; init; }

    public bool HasOldBody { get; init; }
}
