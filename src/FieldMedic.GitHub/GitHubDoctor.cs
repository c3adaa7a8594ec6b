using System.Globalization;
using FieldMedic.GitHub.Http;
using FieldMedic.GitHub.Issues;
using FieldMedic.GitHub.Wire;
using FieldMedic.Tracker;

namespace FieldMedic.GitHub;

/// <summary>Looks whether the token, the repository and the connection are fit for work. Writes nothing.</summary>
public sealed class GitHubDoctor(GitHubSettings settings, TimeProvider time, HttpMessageHandler? handler = null)
{
    private const int FewRequests = 100;
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(30);

    /// <summary>Runs every check that the ones before make possible.</summary>
    public async Task<IReadOnlyList<GitHubCheck>> CheckAsync(string repository, CancellationToken cancellationToken)
    {
        List<GitHubCheck> checks = [Address()];
        if (settings.App is null && string.IsNullOrWhiteSpace(settings.Token()))
        {
            return [.. checks, new("token", false, "No token is set.", "Set GITHUB_TOKEN to a token that may read and write issues, or act as a GitHub App (FIELDMEDIC_APP_ID).")];
        }

        using var client = new GitHubClient(settings, time, handler);
        try
        {
            checks.Add(await TokenAsync(client, cancellationToken).ConfigureAwait(false));
            if (settings.App is not null)
            {
                checks.Add(await AppAsync(client, cancellationToken).ConfigureAwait(false));
            }

            await RepositoryAsync(client, repository, checks, cancellationToken).ConfigureAwait(false);
        }
        catch (TrackerException e)
        {
            checks.Add(new(e.Failure == TrackerFailure.Unauthorized ? "token" : "repository", false, e.Message, "Do what the message says, then run doctor again."));
        }

        return checks;
    }

    private GitHubCheck Address()
    {
        var api = settings.ApiUrl;
        var isSafe = api.Scheme == Uri.UriSchemeHttps || api.IsLoopback;
        return new("address", isSafe, api.GetLeftPart(UriPartial.Path), isSafe ? null : "The token would travel unencrypted: use https in GITHUB_API_URL.");
    }

    private async Task<GitHubCheck> TokenAsync(GitHubClient client, CancellationToken cancellationToken)
    {
        var account = await new WhoWeAre(client, settings).GetAsync(cancellationToken).ConfigureAwait(false);
        return new("token", true, account.Id is null ? $"acts as {account.Login} (as configured; it may not ask itself)" : $"acts as {account.Login}", null);
    }

    private async Task<GitHubCheck> AppAsync(GitHubClient client, CancellationToken cancellationToken)
    {
        var call = new GitHubCall(HttpMethod.Get, "app", "ask what the App may do", settings.ApiUrl.Host) { IsAboutApp = true };
        var app = await client.ReadAsync(call, WireJson.Default.WireApp, cancellationToken).ConfigureAwait(false);
        var has = app.Permissions ?? new Dictionary<string, string>();
        var isEnough = has.GetValueOrDefault("issues") == "write" && has.ContainsKey("metadata");
        return new(
            "app",
            isEnough,
            has.Count == 0 ? "may do nothing" : string.Join(", ", has.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}: {p.Value}")),
            isEnough ? null : "Give the App Issues: read and write and Metadata: read, then accept that on its installation.");
    }

    private async Task RepositoryAsync(GitHubClient client, string repository, List<GitHubCheck> checks, CancellationToken cancellationToken)
    {
        var call = new GitHubCall(HttpMethod.Get, RepositoryPath.Of(repository), "see the repository", repository);
        var answer = await client.SendAsync(call, cancellationToken).ConfigureAwait(false);
        var found = GitHubClient.Parse(call, answer, WireJson.Default.WireRepository);
        checks.Add(new("repository", !found.Archived, found.Archived ? $"{found.FullName} is archived" : found.FullName, found.Archived ? "Archived repositories take no comments: unarchive it." : null));
        checks.Add(new("issues", found.HasIssues, found.HasIssues ? "on" : "off", found.HasIssues ? null : "Switch issues on in the repository's settings."));
        checks.Add(Scopes(answer));
        checks.Add(Role(found.Permissions));
        checks.Add(RateLimit(answer));
        checks.Add(Clock(answer));
    }

    private GitHubCheck Scopes(GitHubAnswer answer)
    {
        if (settings.App is not null)
        {
            return new("scopes", true, "an App has permissions instead", null);
        }

        if (answer.Scopes is null)
        {
            return new("scopes", true, "not a classic token: Issues must be read and write, which shows only on the first write", null);
        }

        var scopes = answer.Scopes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var isEnough = scopes.Contains("repo") || scopes.Contains("public_repo");
        return new("scopes", isEnough, scopes.Length == 0 ? "none" : string.Join(", ", scopes), isEnough ? null : "Give the token the scope repo (public_repo for public repositories).");
    }

    private GitHubCheck Role(WireRights? rights) => rights switch
    {
        _ when settings.App is not null => new("role", true, "an App has permissions instead", null),
        null => new("role", true, "not told for this kind of token", null),
        { Push: true } => new("role", true, "may write", null),
        { Triage: true } => new("role", true, "may triage; labels that do not exist yet must be made by somebody else", null),
        _ => new("role", false, "may only read", "Give the token's account the role Triage or Write in this repository."),
    };

    private GitHubCheck RateLimit(GitHubAnswer answer)
    {
        if (answer.RateRemaining is not { } left)
        {
            return new("rate limit", true, "none told", null);
        }

        var reset = answer.RateReset is { } at ? string.Create(CultureInfo.InvariantCulture, $", full again in {Math.Max(0, (at - (answer.Date ?? time.GetUtcNow())).TotalMinutes):0} min") : "";
        return new("rate limit", left >= FewRequests, string.Create(CultureInfo.InvariantCulture, $"{left} requests left{reset}"), left >= FewRequests ? null : "Wait, or use a token that nothing else uses.");
    }

    private GitHubCheck Clock(GitHubAnswer answer)
    {
        if (answer.Date is not { } theirs)
        {
            return new("clock", true, "the server tells no time", null);
        }

        var skew = (time.GetUtcNow() - theirs).Duration();
        return new("clock", skew <= MostSkew, string.Create(CultureInfo.InvariantCulture, $"{skew.TotalSeconds:0} s off GitHub's"), skew <= MostSkew ? null : "Set this machine's clock (NTP): cooldowns and relapse windows rely on it.");
    }
}
