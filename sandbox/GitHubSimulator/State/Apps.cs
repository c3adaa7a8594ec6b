using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace GitHubSimulator.State;

/// <summary>GitHub Apps, their installations and the tokens that were given to them. Kept in memory: an App gets a new token after a restart.</summary>
public sealed class Apps(TimeProvider time)
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<long, GitHubApp> apps = new();
    private readonly ConcurrentDictionary<string, InstallationToken> tokens = new(StringComparer.Ordinal);

    /// <summary>Registers an App that signs with the private key to this public one, installed on these repositories.</summary>
    public GitHubApp Add(long id, string slug, string publicKeyPem, params string[] repositories)
    {
        using var key = RSA.Create();
        key.ImportFromPem(publicKeyPem);
        var app = new GitHubApp(id, slug, publicKeyPem);
        return apps[id] = app with { Installations = app.Installations.Add(id * 10, [.. repositories]) };
    }

    /// <summary>What GitHub does when somebody takes a token back: nothing knows it any more.</summary>
    public void RevokeTokens() => tokens.Clear();

    /// <summary>How many tokens are in use.</summary>
    public int Tokens => tokens.Count;

    internal GitHubApp? Find(string issuer) => apps.Values.FirstOrDefault(app => $"{app.Id}" == issuer || app.Slug == issuer);

    internal InstallationToken Issue(GitHubApp app, long installation)
    {
        var token = new InstallationToken($"ghs_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(18))}", installation, app, time.GetUtcNow() + TokenLife);
        return tokens[token.Token] = token;
    }

    /// <summary>Null when it is no token of an App, or is over.</summary>
    internal InstallationToken? Identify(string token) =>
        tokens.TryGetValue(token, out var known) && known.ExpiresAt > time.GetUtcNow() ? known : null;

    internal void Reset()
    {
        apps.Clear();
        tokens.Clear();
    }
}
