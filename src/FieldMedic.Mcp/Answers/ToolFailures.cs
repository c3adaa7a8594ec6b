using System.Text.Json;
using FieldMedic.Hosting;
using FieldMedic.Journal;
using FieldMedic.Tracker;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace FieldMedic.Mcp.Answers;

/// <summary>What a client reads when a tool could not do it: what, why, what next. Everything unforeseen stays on standard error.</summary>
internal static class ToolFailures
{
    public static async ValueTask<CallToolResult> TellAsync(
        RequestContext<CallToolRequestParams> request, McpRequestHandler<CallToolRequestParams, CallToolResult> next, CancellationToken cancellationToken)
    {
        var host = request.Services!.GetRequiredService<FieldMedicHost>();
        try
        {
            return await next(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentMistake e)
        {
            return Answer.Refusal(host, e.Message);
        }
        catch (JsonException)
        {
            return Answer.Refusal(host, "An argument is of the wrong kind: numbers are numbers, switches are true or false, everything else is text.");
        }
        catch (JournalException e)
        {
            return Answer.Refusal(host, $"The store is out of reach, so nothing is done: {e.Message}");
        }
        catch (TrackerException e)
        {
            return Answer.Refusal(host, $"The tracker: {e.Message}");
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return Answer.Refusal(host, $"The system cannot be read: {e.Message}");
        }
    }
}
