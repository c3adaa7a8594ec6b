namespace FieldMedic.GitHub.Http;

/// <summary>Whether to try again, and after how long.</summary>
internal static class RetryRule
{
    public const int MostRetries = 4;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);

    // GitHub counts by the hour. Whatever a server, a proxy or a clock that is wrong makes of it: after an hour it is asked again.
    private static readonly TimeSpan LongestLimit = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestLimit = TimeSpan.FromSeconds(1);

    // What GitHub asks for when it names no time with a secondary limit.
    private static readonly TimeSpan UnnamedLimit = TimeSpan.FromSeconds(60);

    /// <summary>The wait before the next attempt; null when there shall be none.</summary>
    /// <param name="retry">0 before the first retry.</param>
    /// <param name="answer">Null when none came (network, time-out).</param>
    /// <param name="left">What is left of the call's budget.</param>
    public static TimeSpan? WaitBefore(int retry, GitHubCall call, GitHubAnswer? answer, TimeSpan left, DateTimeOffset now)
    {
        if (retry >= MostRetries)
        {
            return null;
        }

        var wait = answer switch
        {
            // Turned away at the door, so nothing was done and even a comment may be tried again.
            { IsRateLimited: true } => LimitLasts(answer, now),
            null or { Status: 408 or >= 500 } when call.IsRepeatable => answer?.RetryAfter ?? FirstWait * (1 << retry),
            _ => (TimeSpan?)null,
        };
        return wait < left ? wait : null;
    }

    /// <summary>How long a rate limit lasts, by the server's clock where it is known.</summary>
    public static TimeSpan LimitLasts(GitHubAnswer answer, DateTimeOffset now)
        => Bounded(answer.RetryAfter
            ?? (answer.RateRemaining == 0 && answer.RateReset is { } reset ? reset - (answer.Date ?? now) : UnnamedLimit));

    /// <summary>A limit as it may be: a second at least, an hour at most.</summary>
    public static TimeSpan Bounded(TimeSpan limit) => limit < ShortestLimit ? ShortestLimit : limit > LongestLimit ? LongestLimit : limit;
}
