namespace GitHubSimulator.State;

/// <summary>One person's reaction, for example <c>eyes</c>, on an issue or a comment.</summary>
public sealed record Reaction(long Id, string Author, string Content, DateTimeOffset CreatedAt);
