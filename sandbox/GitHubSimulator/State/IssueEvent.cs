namespace GitHubSimulator.State;

/// <summary>Something that happened to an issue: <c>labeled</c>, <c>closed</c>, <c>reopened</c>, <c>assigned</c> and so on.</summary>
public sealed record IssueEvent
{
    public required long Id { get; init; }
    public required string Kind { get; init; }
    public required string Actor { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Name of the label as it was then.</summary>
    public string? Label { get; init; }

    public string? LabelColor { get; init; }
    public string? StateReason { get; init; }
    public string? Assignee { get; init; }
    public string? Milestone { get; init; }
    public string? RenamedFrom { get; init; }
    public string? RenamedTo { get; init; }
}
