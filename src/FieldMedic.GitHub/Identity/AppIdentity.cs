using System.Globalization;
using FieldMedic.GitHub.Http;
using FieldMedic.GitHub.Wire;
using FieldMedic.Tracker;

namespace FieldMedic.GitHub.Identity;

/// <summary>
/// A GitHub App: calls about the App itself carry its signature, all others the token of the installation on their repository. That one is
/// kept in memory, renewed before it ends, and thrown away when GitHub does not take it.
/// </summary>
internal sealed class AppIdentity(GitHubAppSettings app, GitHubClient client, TimeProvider time) : IIdentity, IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, WireInstallationToken> _tokens = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _one = new(1, 1);

    public async ValueTask<string> TokenAsync(GitHubCall call, CancellationToken cancellationToken)
    {
        if (call.IsAboutApp)
        {
            return AppSignature.Make(app, call, time.GetUtcNow());
        }

        var repository = RepositoryOf(call);
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_tokens.TryGetValue(repository, out var known) || known.ExpiresAt - time.GetUtcNow() < Early)
            {
                _tokens[repository] = known = await AskAsync(repository, cancellationToken).ConfigureAwait(false);
            }

            return known.Token;
        }
        finally
        {
            _one.Release();
        }
    }

    public bool Forget(GitHubCall call, string token)
    {
        if (call.IsAboutApp)
        {
            return false;
        }

        _one.Wait();
        try
        {
            var repository = RepositoryOf(call);
            if (_tokens.TryGetValue(repository, out var known) && known.Token == token)
            {
                _tokens.Remove(repository);
            }

            return true;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<WireInstallationToken> AskAsync(string repository, CancellationToken cancellationToken)
    {
        var id = app.InstallationId ?? await FindAsync(repository, cancellationToken).ConfigureAwait(false);
        var path = string.Create(CultureInfo.InvariantCulture, $"app/installations/{id}/access_tokens");
        var call = new GitHubCall(HttpMethod.Post, path, "get the App's token", repository) { IsAboutApp = true };
        return await client.ReadAsync(call, WireJson.Default.WireInstallationToken, cancellationToken).ConfigureAwait(false);
    }

    private async Task<long> FindAsync(string repository, CancellationToken cancellationToken)
    {
        var call = new GitHubCall(HttpMethod.Get, $"repos/{repository}/installation", "find the App's installation", repository) { IsAboutApp = true };
        try
        {
            return (await client.ReadAsync(call, WireJson.Default.WireInstallation, cancellationToken).ConfigureAwait(false)).Id;
        }
        catch (TrackerException e) when (e.Failure == TrackerFailure.NotFound)
        {
            throw GitHubFailures.NotInstalled(call, e);
        }
    }

    private static string RepositoryOf(GitHubCall call)
        => call.Path.Split('/') is ["repos", var owner, var name, ..]
            ? $"{owner}/{name}"
            : throw new InvalidOperationException($"A call of an App needs a repository, and {call.Path} has none.");
}
