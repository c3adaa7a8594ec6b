using System.Globalization;

namespace GitHubSimulator.Protocol;

/// <summary>The headers every answer of GitHub's API carries.</summary>
internal sealed class GitHubHeadersMiddleware(RequestDelegate next, RateLimits limits)
{
    private long requests;

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context).ConfigureAwait(false);

        var headers = context.Response.Headers;
        var caller = Caller.Of(context);
        var usage = limits.Of(caller.Login);
        headers.Server = "github.com";
        headers["X-GitHub-Media-Type"] = "github.v3; format=json";
        headers["X-GitHub-Request-Id"] = RequestId();
        headers["X-GitHub-Api-Version-Selected"] = GuardMiddleware.VersionOf(context.Request);
        headers.TryAdd("X-RateLimit-Limit", Number(usage.Limit));
        headers.TryAdd("X-RateLimit-Remaining", Number(usage.Remaining));
        headers.TryAdd("X-RateLimit-Reset", Number(usage.Reset.ToUnixTimeSeconds()));
        headers.TryAdd("X-RateLimit-Used", Number(usage.Used));
        headers.TryAdd("X-RateLimit-Resource", "core");
        if (caller.Token is { Scopes: { } scopes })
        {
            headers["X-OAuth-Scopes"] = string.Join(", ", scopes);
            headers["X-Accepted-OAuth-Scopes"] = context.Request.Path.StartsWithSegments("/repos", StringComparison.Ordinal) ? "repo" : string.Empty;
        }
        else if (caller.Token is not null)
        {
            headers["X-Accepted-GitHub-Permissions"] = HttpMethods.IsGet(context.Request.Method) ? "issues=read" : "issues=write";
        }

        headers["X-Content-Type-Options"] = "nosniff";
        headers.Vary = "Accept, Authorization, Cookie, X-GitHub-OTP";
    }

    private string RequestId() =>
        string.Create(CultureInfo.InvariantCulture, $"51D0:{Interlocked.Increment(ref requests):X8}:FIELD");

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
