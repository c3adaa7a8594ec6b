using System.Globalization;
using System.Text.Json;
using FieldMedic.GitHub.Wire;
using FieldMedic.Tracker;

namespace FieldMedic.GitHub.Http;

/// <summary>Turns failures into words: what was tried, where, what came back, what to do. Never holds a token.</summary>
internal static class GitHubFailures
{
    private const int LongestQuote = 300;

    public static TrackerException NoToken(GitHubCall call)
        => new(TrackerFailure.Unauthorized, $"Cannot {call.What} ({call.Where}): there is no GitHub token. Set GITHUB_TOKEN to a token that may read and write issues.");

    public static TrackerException MalformedToken(GitHubCall call)
        => new(TrackerFailure.Unauthorized, $"Cannot {call.What} ({call.Where}): the GitHub token holds spaces or characters no token has. Copy it again into GITHUB_TOKEN.");

    public static TrackerException NoAppKey(GitHubCall call)
        => new(TrackerFailure.Unauthorized, $"Cannot {call.What} ({call.Where}): there is no private key of the GitHub App. Set FIELDMEDIC_APP_PRIVATE_KEY_FILE to the .pem file from the App's settings.");

    public static TrackerException BadAppKey(GitHubCall call)
        => new(TrackerFailure.Unauthorized, $"Cannot {call.What} ({call.Where}): the private key of the GitHub App cannot be read. It must be the whole .pem file from the App's settings, without a password.");

    public static TrackerException NotInstalled(GitHubCall call, Exception inner)
        => new(TrackerFailure.NotFound, $"Cannot {call.What} ({call.Where}): the GitHub App is not installed on this repository, or it does not exist. Install it from the App's page, then try again.", inner);

    public static TrackerException StillLimited(GitHubCall call, DateTimeOffset until)
        => new(TrackerFailure.RateLimited, string.Create(CultureInfo.InvariantCulture, $"Cannot {call.What} ({call.Where}): GitHub has asked us to wait. The rate limit ends at {until:HH:mm:ss} UTC; it is tried again on a run after that."));

    public static TrackerException TimedOut(GitHubCall call, Uri api, TimeSpan after, Exception inner)
        => new(TrackerFailure.Unavailable, string.Create(CultureInfo.InvariantCulture, $"Cannot {call.What} ({call.Where}): {api.Host} did not answer within {after.TotalSeconds:0.#} s. It is tried again on the next run."), inner);

    public static TrackerException Unreachable(GitHubCall call, Uri api, Exception inner)
        => new(TrackerFailure.Unavailable, $"Cannot {call.What} ({call.Where}): {api.Authority} cannot be reached ({OneLine(inner.Message)}). Check the network, the proxy and GITHUB_API_URL.", inner);

    public static TrackerException Unreadable(GitHubCall call, Exception? inner)
        => new(TrackerFailure.Unavailable, $"Cannot {call.What} ({call.Where}): the answer is not what GitHub's API gives. Check GITHUB_API_URL (an Enterprise server's ends in /api/v3) and any proxy in between.", inner);

    public static TrackerException From(GitHubCall call, GitHubAnswer answer, DateTimeOffset now)
    {
        var (failure, next) = Judge(answer, now);
        var said = Said(answer);
        var id = answer.RequestId is null ? "" : $" [request {OneLine(answer.RequestId)}]";
        return new TrackerException(failure, string.Create(CultureInfo.InvariantCulture, $"Cannot {call.What} ({call.Where}): {answer.Status} {said}.{id} {next}"));
    }

    private static (TrackerFailure Failure, string Next) Judge(GitHubAnswer answer, DateTimeOffset now) => answer switch
    {
        { IsRateLimited: true } => (TrackerFailure.RateLimited, string.Create(
            CultureInfo.InvariantCulture,
            $"The rate limit ends at {(answer.Date ?? now) + RetryRule.LimitLasts(answer, now):HH:mm:ss} UTC; it is tried again on a run after that.")),
        { Status: 401 } => (TrackerFailure.Unauthorized, "The token is wrong, expired or revoked: make a new one and set GITHUB_TOKEN."),
        { Status: 403 or 451 } => (TrackerFailure.Forbidden, Permission(answer)),
        { Status: 404 } => (TrackerFailure.NotFound, $"Either it does not exist or the token may not see it. Check the name and number. {Permission(answer)}"),
        { Status: 410 } => (TrackerFailure.NotFound, "The issue was deleted or issues are switched off in this repository."),
        { Status: >= 300 and < 400 } => (TrackerFailure.NotFound, "The repository or issue has moved: use its new name."),
        { Status: >= 500 or 408 } => (TrackerFailure.Unavailable, "GitHub has trouble; it is tried again on the next run (https://www.githubstatus.com)."),
        _ => (TrackerFailure.Invalid, "GitHub did not accept the request."),
    };

    private static string Permission(GitHubAnswer answer)
    {
        if (answer.Scopes is not null)
        {
            var has = answer.Scopes.Length == 0 ? "none" : OneLine(answer.Scopes);
            var needs = string.IsNullOrEmpty(answer.AcceptedScopes) ? "repo" : OneLine(answer.AcceptedScopes);
            return $"A classic token needs one of the scopes: {needs} (private repositories: repo); this one has: {has}.";
        }

        var asked = string.IsNullOrEmpty(answer.AcceptedPermissions) ? "" : $" GitHub asks for: {OneLine(answer.AcceptedPermissions)}.";
        return $"A fine-grained token needs access to this repository with Issues: read and write; a classic one the scope repo.{asked}";
    }

    private static string Said(GitHubAnswer answer)
    {
        try
        {
            var error = JsonSerializer.Deserialize(answer.Body, WireJson.Default.WireError);
            return OneLine(error?.Message ?? "without a reason").TrimEnd('.');
        }
        catch (JsonException)
        {
            return "without a reason";
        }
    }

    private static string OneLine(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= LongestQuote ? line : line[..LongestQuote] + "…";
    }
}
