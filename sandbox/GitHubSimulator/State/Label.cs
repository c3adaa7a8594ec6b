namespace GitHubSimulator.State;

/// <summary>A label of a repository.</summary>
public sealed record Label(long Id, string Name, string Color, string? Description, bool IsDefault);
