using System.Collections.Immutable;

namespace GitHubSimulator.State;

/// <summary>One issue with everything that hangs on it.</summary>
public sealed record Issue
{
    public required long Id { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public string? Body { get; init; }
    public required string Author { get; init; }

    /// <summary><c>open</c> or <c>closed</c>.</summary>
    public string State { get; init; } = IssueStates.Open;

    /// <summary><c>completed</c>, <c>not_planned</c>, <c>duplicate</c>, <c>reopened</c>, or null when it was never closed.</summary>
    public string? StateReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? ClosedBy { get; init; }

    /// <summary>Ids of labels of the repository, so that renaming a label renames it everywhere.</summary>
    public ImmutableList<long> LabelIds { get; init; } = [];

    public ImmutableList<string> Assignees { get; init; } = [];
    public int? Milestone { get; init; }
    public ImmutableList<Comment> Comments { get; init; } = [];
    public ImmutableList<IssueEvent> Events { get; init; } = [];
    public ImmutableList<Reaction> Reactions { get; init; } = [];
}
