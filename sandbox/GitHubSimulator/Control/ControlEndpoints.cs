using System.Text.Json;
using System.Text.Json.Serialization;
using GitHubSimulator.Protocol;
using GitHubSimulator.State;
using GitHubSimulator.Webhooks;

namespace GitHubSimulator.Control;

/// <summary>The handles of the stand-in itself, under <c>/_simulator/</c>; GitHub has nothing like it.</summary>
internal static class ControlEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static bool Owns(HttpContext context) => context.Request.Path.StartsWithSegments("/_simulator", StringComparison.Ordinal);

    public static void MapControl(this IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup("/_simulator");
        control.MapGet("/", context => context.Response.WriteAsync(Overview, context.RequestAborted));
        control.MapGet("/faults", context => Write(context, Get<FaultPlan>(context).Pending));
        control.MapPost("/faults", context => With<Fault>(context, fault => Get<FaultPlan>(context).Add(fault)));
        control.MapDelete("/faults", context => Done(context, () => Get<FaultPlan>(context).Clear()));
        control.MapGet("/requests", context => Write(context, Get<RequestLog>(context).All));
        control.MapDelete("/requests", context => Done(context, () => Get<RequestLog>(context).Clear()));
        control.MapPost("/users", context => With<Account>(context, account => account.AddTo(Get<Access>(context))));
        control.MapGet("/webhooks", context => Write(context, Get<WebhookSender>(context).Sent));
        control.MapPost("/webhooks", context => With<Disturbance>(context, disturbance => Get<WebhookSender>(context).Disturb(disturbance)));
        control.MapPost("/webhooks/{id:guid}/redeliver", context => Done(context, () => Get<WebhookSender>(context).Redeliver(Guid.Parse((string)context.Request.RouteValues["id"]!))));
        control.MapPost("/apps", context => With<AppAccount>(context, account => account.AddTo(Get<Apps>(context))));
        control.MapPost("/reset", context => Done(context, () =>
        {
            Get<FaultPlan>(context).Clear();
            Get<TrackerStore>(context).Reset();
            Get<Access>(context).Reset();
            Get<Apps>(context).Reset();
            Get<RateLimits>(context).Reset();
            Get<RequestLog>(context).Clear();
        }));
        control.MapGet("/style.css", Pages.PageEndpoints.StyleAsync);
        control.MapGet("/avatar.svg", Pages.PageEndpoints.AvatarAsync);
    }

    private const string Overview = """
        POST   /_simulator/faults    {"method","path" (regex),"status","times","skip","retryAfter","rateLimitReset","delayMs","drop","half","afterEffect","message"}
        GET    /_simulator/faults    faults still to come
        DELETE /_simulator/faults
        GET    /_simulator/requests  every request the API received, with its answer
        DELETE /_simulator/requests
        POST   /_simulator/users     {"login","token","scopes":["repo"],"fineGrained","permissions":{"owner/name":"none|read|triage|write|maintain|admin"},"onlyKnownTokens"}
        GET    /_simulator/webhooks  every delivery with its answer (see --webhook)
        POST   /_simulator/webhooks  {"lose","duplicate","reverse"}: so many of the next deliveries get lost, come twice, come in opposite order
        POST   /_simulator/webhooks/ID/redeliver
        POST   /_simulator/apps      {"id","slug","publicKey" (PEM),"repositories":["owner/name"]}
        POST   /_simulator/reset     forget everything

        """;

    private static T Get<T>(HttpContext context)
        where T : notnull => context.RequestServices.GetRequiredService<T>();

    private static Task Write<T>(HttpContext context, T value) =>
        context.Response.WriteAsJsonAsync(value, Json, context.RequestAborted);

    private static Task Done(HttpContext context, Action act)
    {
        act();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static async Task With<T>(HttpContext context, Action<T> act)
        where T : class
    {
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Json, context.RequestAborted).ConfigureAwait(false);
            act(value ?? throw new JsonException("The body is empty."));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (Exception wrong) when (wrong is JsonException or ArgumentException or FormatException or NotSupportedException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(wrong.Message + "\n", context.RequestAborted).ConfigureAwait(false);
        }
    }
}
