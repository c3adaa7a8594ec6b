using FieldMedic.GitHub.Identity;

namespace FieldMedic.GitHub;

/// <summary>How to reach GitHub or a GitHub Enterprise server.</summary>
public sealed record GitHubSettings
{
    /// <summary>Where the API of github.com is.</summary>
    public static Uri PublicApi { get; } = new("https://api.github.com");

    /// <summary>Gives the token; asked before every call and never kept, so a rotated token works at once.</summary>
    public required Func<string?> Token { get; init; }

    /// <summary>Acts as this App when set; then <see cref="Token"/> is not asked.</summary>
    public GitHubAppSettings? App { get; init; }

    /// <summary>Base of the REST API (<c>GITHUB_API_URL</c>), with <c>/api/v3</c> on an Enterprise server.</summary>
    public Uri ApiUrl { get; init; } = PublicApi;

    /// <summary>
    /// Login of the account the token acts as. Needed only for tokens that may not ask who they are (those of a GitHub App,
    /// e.g. <c>my-app[bot]</c>, and of GitHub Actions, <c>github-actions[bot]</c>).
    /// </summary>
    public string? Login { get; init; }

    /// <summary>Sent as User-Agent; GitHub refuses requests without one.</summary>
    public string UserAgent { get; init; } = "FieldMedic";

    /// <summary>Version of the REST API the answers are written against.</summary>
    public string ApiVersion { get; init; } = "2022-11-28";

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one call may take with all its attempts and waits. A rate limit that lasts longer fails at once.</summary>
    public TimeSpan WaitBudget { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Who may ask GitHub, and when; one for the whole process, whatever number of clients it has.</summary>
    public Governor Governor { get; init; } = Governor.Shared;

    /// <summary>The least time between two writes. GitHub asks for a second; a server of one's own usually asks for nothing.</summary>
    public TimeSpan WriteSpacing { get; init; } = TimeSpan.Zero;
}
