using System.Text;
using GitHubSimulator.Control;

namespace GitHubSimulator.Protocol;

/// <summary>Notes every request with its answer. Holds the answer back until it is complete, which the others build on.</summary>
internal sealed class RequestLogMiddleware(RequestDelegate next, RequestLog log, TimeProvider time)
{
    private static readonly object BodyKey = new();

    /// <summary>The body of the current request.</summary>
    public static string BodyOf(HttpContext context) => context.Items[BodyKey] as string ?? string.Empty;

    /// <summary>The answer as far as it was written.</summary>
    public static MemoryStream AnswerOf(HttpContext context) => (MemoryStream)context.Response.Body;

    public async Task InvokeAsync(HttpContext context)
    {
        var at = time.GetUtcNow();
        using (var reader = new StreamReader(context.Request.Body, Encoding.UTF8))
        {
            context.Items[BodyKey] = await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false);
        }

        var client = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            context.Response.Body = client;
            // Noted before it is sent: who has the answer in hand finds the request in the log.
            log.Add(Entry(context, at, FaultMiddleware.WasCut(context) ? null : answer));
        }

        if (FaultMiddleware.WasCut(context))
        {
            if (FaultMiddleware.WasHalved(context))
            {
                context.Response.ContentLength = answer.Length;
                await client.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length / 2), context.RequestAborted).ConfigureAwait(false);
                await client.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            }

            context.Abort();
            return;
        }

        context.Response.ContentLength = context.Response.StatusCode is 204 or 304 ? null : answer.Length;
        answer.Position = 0;
        await answer.CopyToAsync(client, context.RequestAborted).ConfigureAwait(false);
    }

    private static LoggedRequest Entry(HttpContext context, DateTimeOffset at, MemoryStream? answer) => new(
        at,
        context.Request.Method,
        context.Request.Path.ToString(),
        context.Request.QueryString.ToString(),
        BodyOf(context),
        Caller.Of(context).Login,
        answer is null ? 0 : context.Response.StatusCode,
        answer is null ? string.Empty : Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length),
        context.Request.Headers
            .Where(header => !string.Equals(header.Key, "Authorization", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
}
