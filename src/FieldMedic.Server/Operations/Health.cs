using FieldMedic.Inbox;
using FieldMedic.Journal;
using FieldMedic.Server.Dispatch;

namespace FieldMedic.Server.Operations;

/// <summary>
/// <c>/health/live</c>: the process answers; when it does not, restart it. <c>/health/ready</c>: deliveries would be stored; when not,
/// send none and look at the store, a restart would not help.
/// </summary>
internal static class Health
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/health/live", (RequestDelegate)(context => context.Response.WriteAsync("live\n", context.RequestAborted)));
        app.MapGet("/health/ready", (RequestDelegate)(context => TellAsync(context, context.RequestServices.GetRequiredService<IDeliveryInbox>(), context.RequestServices.GetRequiredService<WorkInProgress>())));
    }

    private static async Task TellAsync(HttpContext context, IDeliveryInbox inbox, WorkInProgress work)
    {
        var said = work.IsStopping ? "stopping" : await StoreAsync(inbox, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = said is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        await context.Response.WriteAsync($"{said ?? "ready"}\n", context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<string?> StoreAsync(IDeliveryInbox inbox, CancellationToken cancellationToken)
    {
        try
        {
            await inbox.UnfinishedAsync(long.MaxValue, 1, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (JournalException)
        {
            return "the store does not answer";
        }
    }
}
