using GitHubSimulator.State;

namespace GitHubSimulator.Control;

/// <summary>Body of <c>POST /_simulator/users</c>.</summary>
internal sealed record Account
{
    public required string Login { get; init; }
    public string? Token { get; init; }
    public string[]? Scopes { get; init; }
    public bool FineGrained { get; init; }
    public Dictionary<string, Permission>? Permissions { get; init; }
    public bool OnlyKnownTokens { get; init; }

    public void AddTo(Access access)
    {
        // Everything is read before anything is changed.
        var names = (Permissions ?? []).Select(entry => (RepositoryName.Parse(entry.Key), entry.Value)).ToList();
        if (Token is { } token && FineGrained)
        {
            access.AddFineGrainedToken(token, Login);
        }
        else if (Token is not null)
        {
            access.AddToken(Token, Login, Scopes ?? []);
        }

        foreach (var (name, permission) in names)
        {
            access.Grant(name.ToString(), Login, permission);
        }

        if (OnlyKnownTokens)
        {
            access.AcceptOnlyKnownTokens();
        }
    }
}
