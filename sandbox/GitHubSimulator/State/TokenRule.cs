using System.Collections.Immutable;

namespace GitHubSimulator.State;

/// <summary>Whose token it is and what it may be used for.</summary>
/// <param name="Login">The account the token belongs to.</param>
/// <param name="Scopes">Classic scopes; null for a fine-grained token, which shows none.</param>
public sealed record TokenRule(string Login, ImmutableArray<string>? Scopes)
{
    /// <summary>Whether the token may change issues of a repository.</summary>
    public bool MayWrite => Scopes is not { } scopes || scopes.Contains("repo") || scopes.Contains("public_repo");
}
