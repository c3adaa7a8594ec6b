using System.Globalization;
using System.Text.Json;
using FieldMedic.Incidents;

namespace FieldMedic.Platform.Commands;

/// <summary>Reads what a fixed command printed: a number, a line or a flat JSON object. Anything else is unknown.</summary>
internal static class OutputReading
{
    /// <exception cref="IOException">The output is not the JSON object it should be.</exception>
    public static List<(string Name, ObservedValue Value)> Read(CommandParse parse, string output) => parse switch
    {
        CommandParse.Number => [("value", double.TryParse(output, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? ObservedValue.Of(number) : ObservedValue.Unknown("the output is not a number"))],
        CommandParse.Line => [("line", ObservedValue.Of(output.Split('\n')[0].TrimEnd('\r')))],
        _ => ParseJson(output),
    };

    private static List<(string Name, ObservedValue Value)> ParseJson(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output, new JsonDocumentOptions { MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new IOException("the output is not a JSON object");
            }

            return [.. document.RootElement.EnumerateObject().Select(p => (p.Name, Value(p.Value)))];
        }
        catch (JsonException e)
        {
            throw new IOException($"the output is not JSON: {e.Message}", e);
        }
    }

    private static ObservedValue Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => ObservedValue.Of(element.GetDouble()),
        JsonValueKind.True => ObservedValue.Of(true),
        JsonValueKind.False => ObservedValue.Of(false),
        JsonValueKind.String => ObservedValue.Of(element.GetString()!),
        JsonValueKind.Null => ObservedValue.Unknown("null"),
        _ => ObservedValue.Unknown("not a number, text or flag"),
    };
}
