namespace GitHubSimulator.State;

/// <summary>What a new issue is made of.</summary>
internal sealed record IssueDraft(
    string Title,
    string? Body,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> Assignees,
    int? Milestone);
