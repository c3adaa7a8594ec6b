using System.Globalization;
using GitHubSimulator.Control;

namespace GitHubSimulator.Protocol;

/// <summary>Lets go wrong what was asked to go wrong.</summary>
internal sealed class FaultMiddleware(RequestDelegate next, FaultPlan plan, TimeProvider time)
{
    private static readonly object CutKey = new();
    private static readonly object HalfKey = new();

    /// <summary>The connection is to be cut, which is left to who notes the request first.</summary>
    public static bool WasCut(HttpContext context) => context.Items.ContainsKey(CutKey);

    /// <summary>Half of the answer is sent before that.</summary>
    public static bool WasHalved(HttpContext context) => context.Items.ContainsKey(HalfKey);

    public async Task InvokeAsync(HttpContext context)
    {
        if (plan.Take(context.Request.Method, context.Request.Path.ToString()) is not { } fault)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        if (fault.DelayMs > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMs), time, context.RequestAborted).ConfigureAwait(false);
        }

        var replacesAnswer = fault.Drop || fault.Status is not null;
        if (fault.AfterEffect || !replacesAnswer)
        {
            await next(context).ConfigureAwait(false);
        }

        if (fault.Drop || fault.Half)
        {
            context.Items[CutKey] = true;
            if (fault.Half)
            {
                context.Items[HalfKey] = true;
            }
        }
        else if (fault.Status is { } status)
        {
            RequestLogMiddleware.AnswerOf(context).SetLength(0);
            context.Response.Headers.Clear();
            Announce(context.Response.Headers, fault);
            await GitHubErrors.Status(status, fault.Message ?? UsualMessage(status, fault)).ExecuteAsync(context).ConfigureAwait(false);
        }
    }

    private void Announce(IHeaderDictionary headers, Fault fault)
    {
        if (fault.RetryAfter is { } seconds)
        {
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (fault.RateLimitReset is { } reset)
        {
            var at = time.GetUtcNow().ToUnixTimeSeconds() + reset;
            headers["X-RateLimit-Remaining"] = "0";
            headers["X-RateLimit-Reset"] = at.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static string UsualMessage(int status, Fault fault) => status switch
    {
        403 or 429 when fault.RateLimitReset is not null => "API rate limit exceeded for user ID 1001.",
        429 => SecondaryLimit,
        403 when fault.RetryAfter is not null => SecondaryLimit,
        401 => "Bad credentials",
        403 => "Resource not accessible by personal access token",
        404 => "Not Found",
        410 => "This issue was deleted",
        422 => "Validation Failed",
        500 => "Server Error",
        502 => "Bad Gateway",
        503 => "Service unavailable",
        504 => "We couldn't respond to your request in time. Sorry about that. Please try resubmitting your request.",
        _ => "Error",
    };

    private const string SecondaryLimit =
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
}
