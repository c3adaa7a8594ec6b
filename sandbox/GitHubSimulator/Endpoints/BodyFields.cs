using System.Text.Json;
using System.Text.Json.Nodes;

namespace GitHubSimulator.Endpoints;

/// <summary>Reads the fields of a body and notes the first thing that does not fit.</summary>
internal sealed class BodyFields(JsonNode body)
{
    private readonly JsonObject fields = body as JsonObject ?? [];

    public string? Problem { get; private set; } = body is JsonObject ? null : "For 'links/0/schema', the request is not an object.";

    public bool Has(string name) => fields.ContainsKey(name);

    public bool IsNull(string name) => Has(name) && fields[name] is null;

    /// <summary>Null when it is absent or null.</summary>
    public string? Text(string name)
    {
        switch (fields[name])
        {
            case null:
                return null;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                return value.GetValue<string>();
            // GitHub takes a number for a title.
            case JsonValue value when name == "title" && value.GetValueKind() == JsonValueKind.Number:
                return value.ToJsonString();
            case var other:
                Mismatch(name, other, "a string");
                return null;
        }
    }

    public string RequiredText(string name)
    {
        if (!Has(name) || IsNull(name))
        {
            Problem ??= IsNull(name) ? $"For 'properties/{name}', nil is not a string." : $"\"{name}\" wasn't supplied.";
        }

        return Text(name) ?? string.Empty;
    }

    public string? OneOf(string name, params string[] allowed)
    {
        var text = Text(name);
        if (text is not null && !allowed.Contains(text))
        {
            Problem ??= $"For 'properties/{name}', {text} is not a member of {JsonSerializer.Serialize(allowed)}.";
        }

        return text;
    }

    public int? Number(string name)
    {
        switch (fields[name])
        {
            case null:
                return null;
            case JsonValue value when value.TryGetValue<int>(out var number):
                return number;
            case JsonValue value when value.TryGetValue<string>(out var text) && int.TryParse(text, out var number):
                return number;
            case var other:
                Mismatch(name, other, "an integer");
                return null;
        }
    }

    public bool Flag(string name) => fields[name] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary>Null when it is absent. Labels may be names or objects with a name.</summary>
    public IReadOnlyList<string>? Names(string name) => fields[name] is null ? null : NamesIn(name, fields[name]!);

    public IReadOnlyList<string> NamesIn(string name, JsonNode node)
    {
        if (node is not JsonArray entries)
        {
            Mismatch(name, node, "an array");
            return [];
        }

        var names = new List<string>();
        foreach (var entry in entries)
        {
            var text = entry is JsonObject label ? label["name"] : entry;
            if (text is JsonValue value && value.TryGetValue<string>(out var word))
            {
                names.Add(word);
            }
            else
            {
                Mismatch(name, entry, "a string");
            }
        }

        return names;
    }

    private void Mismatch(string name, JsonNode? value, string wanted) =>
        Problem ??= $"For 'properties/{name}', {value?.ToJsonString() ?? "nil"} is not {wanted}.";
}
