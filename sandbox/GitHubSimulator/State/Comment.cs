using System.Collections.Immutable;

namespace GitHubSimulator.State;

/// <summary>One comment on an issue.</summary>
public sealed record Comment
{
    public required long Id { get; init; }
    public required string Author { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public ImmutableList<Reaction> Reactions { get; init; } = [];
}
