using System.Text.Json;

namespace FieldMedic.Platform.Docker;

/// <summary>
/// Reads the few fields that are needed straight from the document. A model of the whole API would cost a short-lived process more
/// time than all its calls. What is absent or null reads as empty, as Docker leaves out what does not apply.
/// </summary>
internal static class DockerJson
{
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.Null ? null : element;
    }

    public static string Text(this JsonElement element, params ReadOnlySpan<string> path)
        => element.At(path) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    public static bool Flag(this JsonElement element, params ReadOnlySpan<string> path)
        => element.At(path) is { ValueKind: JsonValueKind.True };

    public static long Number(this JsonElement element, params ReadOnlySpan<string> path)
        => element.At(path) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : 0;

    public static Dictionary<string, string> Texts(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (element.At(path) is { ValueKind: JsonValueKind.Object } container)
        {
            foreach (var property in container.EnumerateObject())
            {
                texts[property.Name] = property.Value.GetString() ?? "";
            }
        }

        return texts;
    }
}
