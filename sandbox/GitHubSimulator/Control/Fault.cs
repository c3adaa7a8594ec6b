namespace GitHubSimulator.Control;

/// <summary>What goes wrong with the next requests that match.</summary>
public sealed record Fault
{
    /// <summary>HTTP method, or null for any.</summary>
    public string? Method { get; init; }

    /// <summary>Regular expression the path must match (without <c>/api/v3</c>), or null for any path.</summary>
    public string? Path { get; init; }

    /// <summary>Status to answer with; null leaves the answer as it is (to delay only).</summary>
    public int? Status { get; init; }

    /// <summary>How many requests are hit.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How many matching requests pass unharmed first.</summary>
    public int Skip { get; init; }

    /// <summary>Seconds for <c>Retry-After</c>. With 403 or 429 it makes the answer a secondary rate limit.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>With 403 or 429: the primary rate limit is used up and comes back after so many seconds.</summary>
    public int? RateLimitReset { get; init; }

    /// <summary>Milliseconds before anything happens.</summary>
    public int DelayMs { get; init; }

    /// <summary>Cut the connection instead of answering.</summary>
    public bool Drop { get; init; }

    /// <summary>Cut the connection in the middle of the answer.</summary>
    public bool Half { get; init; }

    /// <summary>The request takes effect first; only its answer is lost or replaced.</summary>
    public bool AfterEffect { get; init; }

    /// <summary>Message in place of GitHub's usual one.</summary>
    public string? Message { get; init; }
}
