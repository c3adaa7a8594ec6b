using System.Globalization;

namespace FieldMedic.GitHub.Http;

/// <summary>What came back: status, text and the headers that matter.</summary>
internal sealed record GitHubAnswer(int Status, string Body)
{
    public TimeSpan? RetryAfter { get; init; }

    public int? RateRemaining { get; init; }

    public DateTimeOffset? RateReset { get; init; }

    /// <summary>The server's clock.</summary>
    public DateTimeOffset? Date { get; init; }

    public string? Link { get; init; }

    /// <summary>Scopes of a classic token; null for every other kind of token.</summary>
    public string? Scopes { get; init; }

    /// <summary>Scopes any one of which would do.</summary>
    public string? AcceptedScopes { get; init; }

    /// <summary>Permission a fine-grained token would need.</summary>
    public string? AcceptedPermissions { get; init; }

    public string? RequestId { get; init; }

    /// <summary>Names this state of what was asked, for asking again.</summary>
    public string? Tag { get; init; }

    /// <summary>How long to wait before asking again, where GitHub says so.</summary>
    public TimeSpan? PollInterval { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Primary or secondary limit. Such a request was turned away before it did anything.</summary>
    public bool IsRateLimited => Status == 429
        || (Status == 403 && (RetryAfter is not null || RateRemaining == 0
            || Body.Contains("rate limit", StringComparison.OrdinalIgnoreCase)));

    public static async Task<GitHubAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var headers = response.Headers;
        var after = headers.RetryAfter;
        return new GitHubAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false))
        {
            RetryAfter = after?.Delta ?? (after?.Date is { } at && headers.Date is { } now ? at - now : null),
            RateRemaining = Number(response, "x-ratelimit-remaining") is { } left ? (int)Math.Min(left, int.MaxValue) : null,
            RateReset = Number(response, "x-ratelimit-reset") is { } reset and >= 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(reset) : null,
            Date = headers.Date,
            Link = Text(response, "link"),
            Scopes = Text(response, "x-oauth-scopes"),
            AcceptedScopes = Text(response, "x-accepted-oauth-scopes"),
            AcceptedPermissions = Text(response, "x-accepted-github-permissions"),
            RequestId = Text(response, "x-github-request-id"),
            Tag = Text(response, "etag"),
            PollInterval = Number(response, "x-poll-interval") is { } seconds and <= 86_400 ? TimeSpan.FromSeconds(seconds) : null,
        };
    }

    private static string? Text(HttpResponseMessage response, string name)
        => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static long? Number(HttpResponseMessage response, string name)
        => long.TryParse(Text(response, name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
