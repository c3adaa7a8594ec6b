using System.Text.Json;
using System.Text.Json.Nodes;
using FieldMedic.Hosting;
using FieldMedic.Journal;
using ModelContextProtocol.Protocol;

namespace FieldMedic.Mcp.Answers;

/// <summary>
/// Makes the answer of a tool. Every text in it goes through the redactor of public reports, whatever field it stands in: what a
/// client sees may end up anywhere.
/// </summary>
internal sealed class Answer(FieldMedicHost host)
{
    /// <param name="value">Typed fields; enums become words in snake_case.</param>
    /// <param name="report">A finished report of the renderer, which is redacted already.</param>
    public CallToolResult Of(object value, string? report = null)
    {
        var json = Clean(JsonSerializer.SerializeToNode(value, value.GetType(), JournalJson.Options))!;
        var text = new TextContentBlock { Text = json.ToJsonString(JournalJson.Options) };
        return new CallToolResult
        {
            Content = report is null ? [text] : [text, new TextContentBlock { Text = report }],
            StructuredContent = JsonSerializer.SerializeToElement(json),
        };
    }

    /// <summary>The same, as text for a resource.</summary>
    public string Text(object value) => Clean(JsonSerializer.SerializeToNode(value, value.GetType(), JournalJson.Options))!.ToJsonString(JournalJson.Options);

    public CallToolResult Refusal(string message) => Refusal(host, message);

    public static CallToolResult Refusal(FieldMedicHost host, string message)
        => new() { IsError = true, Content = [new TextContentBlock { Text = string.Join('\n', message.Split('\n').Select(host.Redactor.Clean)) }] };

    private JsonNode? Clean(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                return new JsonObject(fields.Select(f => KeyValuePair.Create(f.Key, Clean(f.Value))));
            case JsonArray items:
                return new JsonArray([.. items.Select(Clean)]);
            case JsonValue value when value.TryGetValue<string>(out var text):
                return JsonValue.Create(host.Redactor.Clean(text));
            default:
                return node?.DeepClone();
        }
    }
}
