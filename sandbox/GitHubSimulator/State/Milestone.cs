namespace GitHubSimulator.State;

/// <summary>A milestone of a repository.</summary>
public sealed record Milestone(long Id, int Number, string Title, string? Description, string Creator, DateTimeOffset CreatedAt);
