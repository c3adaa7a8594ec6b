using System.Collections.Immutable;
using GitHubSimulator.State;

namespace GitHubSimulator.Protocol;

/// <summary>Turns away what GitHub turns away before it looks at the resource.</summary>
internal sealed class GuardMiddleware(RequestDelegate next, RateLimits limits)
{
    /// <summary>The version that dropped fields long announced to go, such as the single assignee.</summary>
    public const string Newer = "2026-03-10";

    private static readonly ImmutableArray<string> Versions = ["2022-11-28", Newer];

    public static string VersionOf(HttpRequest request) =>
        request.Headers["X-GitHub-Api-Version"].ToString() is { Length: > 0 } asked ? asked : Versions[0];

    public async Task InvokeAsync(HttpContext context)
    {
        if (Refuse(context) is { } refusal)
        {
            await GitHubErrors.From(refusal).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        await next(context).ConfigureAwait(false);
    }

    private Refusal? Refuse(HttpContext context)
    {
        var request = context.Request;
        var caller = Caller.Of(context);
        if (request.Headers.UserAgent.Count == 0)
        {
            return new Refusal(403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.");
        }

        if (caller.Login is null && request.Headers.Authorization.Count > 0)
        {
            return new Refusal(401, caller.Disbelief ?? "Bad credentials");
        }

        var isOpenToAll = request.Path == "/" || request.Path == "/rate_limit";
        if (caller.Login is null && !isOpenToAll)
        {
            return new Refusal(401, "Requires authentication");
        }

        if (!Versions.Contains(VersionOf(request)))
        {
            return new Refusal(400, $"API version '{VersionOf(request)}' is not a supported version.");
        }

        if (request.Headers.Accept.ToString() is { Length: > 0 } accept
            && !accept.Contains("json", StringComparison.OrdinalIgnoreCase)
            && !accept.Contains("*/*", StringComparison.Ordinal)
            && !accept.Contains("application/vnd.github", StringComparison.OrdinalIgnoreCase))
        {
            return new Refusal(415, $"Unsupported 'Accept' header: '{accept}'. Must accept 'application/json'.");
        }

        return request.Path != "/rate_limit" && limits.Take(caller.Login).IsExceeded
            ? new Refusal(403, $"API rate limit exceeded for {caller.Login ?? "this address"}.")
            : null;
    }
}
