using System.Collections.Immutable;

namespace GitHubSimulator.State;

/// <summary>Which token is who, and who may do what where.</summary>
internal sealed record AccessRules
{
    public ImmutableDictionary<string, TokenRule> Tokens { get; init; } = ImmutableDictionary<string, TokenRule>.Empty;

    /// <summary>By <c>owner/name:login</c> in lower case.</summary>
    public ImmutableDictionary<string, Permission> Grants { get; init; } = ImmutableDictionary<string, Permission>.Empty;

    /// <summary>Tokens that were not configured are answered with <c>Bad credentials</c>.</summary>
    public bool OnlyKnownTokens { get; init; }
}
