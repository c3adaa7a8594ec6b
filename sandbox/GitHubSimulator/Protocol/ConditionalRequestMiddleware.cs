using System.Security.Cryptography;

namespace GitHubSimulator.Protocol;

/// <summary>ETags: who has the answer already gets 304, which does not count against the rate limit.</summary>
internal sealed class ConditionalRequestMiddleware(RequestDelegate next, RateLimits limits)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context).ConfigureAwait(false);
        if (!HttpMethods.IsGet(context.Request.Method) || context.Response.StatusCode != StatusCodes.Status200OK)
        {
            return;
        }

        var answer = RequestLogMiddleware.AnswerOf(context);
        var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(answer.ToArray()))}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "private, max-age=60, s-maxage=60";
        var known = context.Request.Headers.IfNoneMatch
            .SelectMany(value => (value ?? string.Empty).Split(','))
            .Select(value => value.Trim());
        if (context.Request.Path != "/rate_limit" && known.Any(value => value == tag || $"W/{value}" == tag || value == "*"))
        {
            answer.SetLength(0);
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            context.Response.ContentType = null;
            limits.GiveBack(Caller.Of(context).Login);
        }
    }
}
