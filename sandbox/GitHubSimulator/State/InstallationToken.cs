namespace GitHubSimulator.State;

/// <summary>What an App got to write with.</summary>
internal sealed record InstallationToken(string Token, long Installation, GitHubApp App, DateTimeOffset ExpiresAt);
