namespace GitHubSimulator.State;

/// <summary>Accounts, their tokens and their permissions. Safe to use from several threads.</summary>
public sealed class Access
{
    private const string UserTokenPrefix = "user:";

    private readonly Lock gate = new();
    private readonly string botLogin;
    private readonly StateFolder? folder;
    private readonly AccessRules initial;
    private volatile AccessRules rules;

    internal Access(AccessRules initial, string botLogin, StateFolder? folder)
    {
        this.initial = initial;
        this.botLogin = botLogin;
        this.folder = folder;
        rules = folder?.LoadAccess() ?? initial;
    }

    /// <summary>Lets a token act as <paramref name="login"/>.</summary>
    /// <param name="token">The token as it is sent.</param>
    /// <param name="login">Whose it is.</param>
    /// <param name="scopes">Classic scopes, <c>repo</c> if none are named.</param>
    public void AddToken(string token, string login, params string[] scopes) =>
        Change(now => now with
        {
            Tokens = now.Tokens.SetItem(token, new TokenRule(login, scopes.Length == 0 ? ["repo"] : [.. scopes])),
        });

    /// <summary>Lets a fine-grained token, which has no scopes, act as <paramref name="login"/>.</summary>
    public void AddFineGrainedToken(string token, string login) =>
        Change(now => now with { Tokens = now.Tokens.SetItem(token, new TokenRule(login, null)) });

    /// <summary>Sets what <paramref name="login"/> may do in <paramref name="repository"/> (<c>owner/name</c>).</summary>
    public void Grant(string repository, string login, Permission permission) =>
        Change(now => now with { Grants = now.Grants.SetItem(Key(RepositoryName.Parse(repository), login), permission) });

    /// <summary>From now on only tokens that were added are accepted.</summary>
    public void AcceptOnlyKnownTokens() => Change(now => now with { OnlyKnownTokens = true });

    /// <summary>What <paramref name="login"/> may do in <paramref name="repository"/> (<c>owner/name</c>).</summary>
    public Permission PermissionOf(string repository, string login) => PermissionOf(RepositoryName.Parse(repository), login);

    internal Permission PermissionOf(RepositoryName repository, string login)
    {
        if (rules.Grants.TryGetValue(Key(repository, login), out var granted))
        {
            return granted;
        }

        if (string.Equals(repository.Owner, login, StringComparison.OrdinalIgnoreCase))
        {
            return Permission.Admin;
        }

        return string.Equals(login, botLogin, StringComparison.OrdinalIgnoreCase) ? Permission.Write : Permission.Read;
    }

    /// <summary>Null when the token is not accepted.</summary>
    internal TokenRule? Identify(string token)
    {
        var now = rules;
        if (now.Tokens.TryGetValue(token, out var known))
        {
            return known;
        }

        if (now.OnlyKnownTokens || token.Length == 0)
        {
            return null;
        }

        var login = token.StartsWith(UserTokenPrefix, StringComparison.Ordinal) ? token[UserTokenPrefix.Length..] : botLogin;
        return login.Length == 0 ? null : new TokenRule(login, ["repo"]);
    }

    internal void Reset() => Change(_ => initial);

    private void Change(Func<AccessRules, AccessRules> change)
    {
        lock (gate)
        {
            var next = change(rules);
            folder?.SaveAccess(next);
            rules = next;
        }
    }

    private static string Key(RepositoryName repository, string login) => $"{repository}:{login}".ToLowerInvariant();
}
