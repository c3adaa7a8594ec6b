namespace FieldMedic.Dashboard.Live;

/// <summary>Server-sent events: the version of what the pages show, now and whenever it changes. No content travels here.</summary>
internal sealed class LiveEndpoint(LiveSignal signal, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const int Most = 100;

    /// <summary>Far below the minute after which proxies take a silent connection for dead.</summary>
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(15);
    private int _open;

    public async Task HandleAsync(HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            if (Interlocked.Increment(ref _open) > Most)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            context.Response.ContentType = "text/event-stream";
            await TellAsync(context.Response, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The page was left, or we stop.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task TellAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = signal.Next;
            await response.WriteAsync($"data: {signal.Version}\n\n", cancellationToken).ConfigureAwait(false);
            await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
            while (!await HasComeAsync(next, cancellationToken).ConfigureAwait(false))
            {
                await response.WriteAsync(": still here\n\n", cancellationToken).ConfigureAwait(false);
                await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> HasComeAsync(Task next, CancellationToken cancellationToken)
    {
        try
        {
            await next.WaitAsync(Pulse, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
