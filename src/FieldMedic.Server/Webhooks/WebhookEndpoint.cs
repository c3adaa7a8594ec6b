using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using FieldMedic.Journal;

namespace FieldMedic.Server.Webhooks;

/// <summary>
/// <c>POST /webhooks/github</c>. In this order: is it JSON, is it signed by somebody who knows a secret, is it ours, is it stored. Only
/// then it is acknowledged; nothing of it is worked on here.
/// </summary>
internal sealed partial class WebhookEndpoint(Func<IReadOnlyList<string>> secrets, WebhookIntake intake, InboxDoor door, ILogger<WebhookEndpoint> log)
{
    public const string Path = "/webhooks/github";

    public async Task HandleAsync(HttpContext context)
    {
        var (status, said) = await JudgeAsync(context.Request).ConfigureAwait(false);
        if (status >= 400)
        {
            WebhookLog.Refused(log, status, said);
        }

        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "30";
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        // With its length it leaves in one piece.
        var text = Encoding.UTF8.GetBytes(said + "\n");
        context.Response.ContentLength = text.Length;
        await context.Response.Body.WriteAsync(text, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<(int Status, string Said)> JudgeAsync(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase))
        {
            return (StatusCodes.Status415UnsupportedMediaType, "Only application/json is read: set the webhook's content type to that.");
        }

        if (WebhookSignature.Parse(request.Headers["X-Hub-Signature-256"]) is not { } signature)
        {
            return (StatusCodes.Status401Unauthorized, "No signature (X-Hub-Signature-256): give the webhook the secret that this server has.");
        }

        using var body = new WebhookBody();
        try
        {
            if (!await body.ReadAsync(request).ConfigureAwait(false))
            {
                return (StatusCodes.Status503ServiceUnavailable, "Too many large deliveries at once: redeliver it later.");
            }
        }
        catch (BadHttpRequestException e)
        {
            return (e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "The body is larger than 25 MiB." : "The body did not arrive.");
        }

        if (!WebhookSignature.IsOf(body.Bytes, signature, secrets()))
        {
            return (StatusCodes.Status401Unauthorized, "Wrong signature: the webhook's secret and this server's differ.");
        }

        string? id = request.Headers["X-GitHub-Delivery"];
        string? kind = request.Headers["X-GitHub-Event"];
        if (id is null || kind is null || !DeliveryId().IsMatch(id) || !EventName().IsMatch(kind))
        {
            return (StatusCodes.Status400BadRequest, "X-GitHub-Delivery and X-GitHub-Event are missing or malformed.");
        }

        try
        {
            var (delivery, ignored) = intake.Judge(id, kind, body.Bytes);
            if (delivery is null)
            {
                return (StatusCodes.Status202Accepted, $"Ignored: {ignored}.");
            }

            // Not cancelled when the sender hangs up: it may be stored by then, and it does no harm.
            var isNew = await door.AcceptAsync(delivery, CancellationToken.None).ConfigureAwait(false);
            return (StatusCodes.Status202Accepted, isNew ? "Accepted." : "Known already.");
        }
        catch (FormatException e)
        {
            return (StatusCodes.Status400BadRequest, e.Message);
        }
        catch (JournalException e)
        {
            WebhookLog.NotStored(log, e);
            return (StatusCodes.Status503ServiceUnavailable, "It could not be stored: redeliver it later.");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9\-]{1,64}\z")]
    private static partial Regex DeliveryId();

    [GeneratedRegex(@"\A[a-z0-9_]{1,64}\z")]
    private static partial Regex EventName();
}
