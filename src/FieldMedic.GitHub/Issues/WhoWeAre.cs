using System.Security.Cryptography;
using System.Text;
using FieldMedic.GitHub.Http;
using FieldMedic.GitHub.Wire;
using FieldMedic.Tracker;

namespace FieldMedic.GitHub.Issues;

/// <summary>Asks GitHub once for each token who it acts as.</summary>
internal sealed class WhoWeAre(GitHubClient client, GitHubSettings settings)
{
    private volatile Known? _known;

    public async Task<Account> GetAsync(CancellationToken cancellationToken)
    {
        var print = Print();
        if (_known is { } known && known.Print.AsSpan().SequenceEqual(print))
        {
            return known.Account;
        }

        var account = await AskAsync(cancellationToken).ConfigureAwait(false);
        _known = new Known(print, account);
        return account;
    }

    /// <summary>An App may not ask who it is with its token, but it may ask what it is called, and its account is named after that.</summary>
    private async Task<Account> AskAppAsync(CancellationToken cancellationToken)
    {
        var call = new GitHubCall(HttpMethod.Get, "app", "ask what the App is called", settings.ApiUrl.Host) { IsAboutApp = true };
        var app = await client.ReadAsync(call, WireJson.Default.WireApp, cancellationToken).ConfigureAwait(false);
        return new Account(null, $"{app.Slug ?? app.Name}[bot]");
    }

    private async Task<Account> AskAsync(CancellationToken cancellationToken)
    {
        if (settings.App is not null)
        {
            return await AskAppAsync(cancellationToken).ConfigureAwait(false);
        }

        var call = new GitHubCall(HttpMethod.Get, "user", "ask who the token acts as", settings.ApiUrl.Host);
        try
        {
            var user = await client.ReadAsync(call, WireJson.Default.WireUser, cancellationToken).ConfigureAwait(false);
            return new Account(user.Id, user.Login);
        }
        catch (TrackerException e) when (e.Failure == TrackerFailure.Forbidden)
        {
            // Tokens of an App may not ask. Guessing would make strangers' comments ours, or ours strangers'.
            return string.IsNullOrWhiteSpace(settings.Login)
                ? throw new TrackerException(TrackerFailure.Forbidden, "The token may not ask who it acts as (that is so for GitHub Apps and Actions). Set FIELDMEDIC_GITHUB_LOGIN to its account, e.g. my-app[bot] or github-actions[bot].", e)
                : new Account(null, settings.Login.Trim());
        }
    }

    // The token itself is not kept.
    private byte[] Print() => SHA256.HashData(Encoding.UTF8.GetBytes(settings.App?.AppId ?? settings.Token() ?? ""));

    private sealed record Known(byte[] Print, Account Account);
}
