using System.Text.Json.Nodes;
using NJsonSchema;

namespace Testing.GitHubOpenApi;

/// <summary>
/// Turns one schema of an OpenAPI 3.0 document into a JSON schema that stands alone: what it refers to comes along as
/// definitions, and <c>nullable</c>, which JSON schema does not have, becomes a choice with null.
/// </summary>
internal static class SchemaClosure
{
    private const string Prefix = "#/components/schemas/";

    // Keywords that only describe. Examples are data and may hold anything, a "$ref" included.
    private static readonly string[] Ignored = ["example", "examples", "description", "title", "externalDocs", "discriminator", "deprecated", "xml"];

    public static JsonSchema Build(JsonObject document, JsonNode schema)
    {
        var all = document["components"]!["schemas"]!.AsObject();
        var definitions = new JsonObject();
        var waiting = new Queue<string>();
        var root = (JsonObject)Convert(schema, waiting);
        while (waiting.TryDequeue(out var name))
        {
            if (!definitions.ContainsKey(name))
            {
                definitions[name] = null;
                definitions[name] = Convert(all[name]!, waiting);
            }
        }

        // The choice keeps a root that is nothing but a reference apart from the definitions beside it.
        var standalone = new JsonObject { ["allOf"] = new JsonArray(root), ["definitions"] = definitions };
        return JsonSchema.FromJsonAsync(standalone.ToJsonString()).GetAwaiter().GetResult();
    }

    private static JsonNode Convert(JsonNode node, Queue<string> waiting)
    {
        if (node is JsonArray array)
        {
            return new JsonArray([.. array.Select(entry => entry is null ? null : Convert(entry, waiting))]);
        }

        if (node is not JsonObject schema)
        {
            return node.DeepClone();
        }

        if (schema["$ref"] is JsonValue reference && reference.TryGetValue<string>(out var target))
        {
            var name = target[Prefix.Length..];
            waiting.Enqueue(name);
            return new JsonObject { ["$ref"] = $"#/definitions/{name}" };
        }

        var converted = new JsonObject();
        foreach (var (key, value) in schema)
        {
            if (key is "properties" && value is JsonObject properties)
            {
                converted[key] = new JsonObject(properties.Select(property => KeyValuePair.Create(property.Key, (JsonNode?)Convert(property.Value!, waiting))));
            }
            else if (key is "enum" or "default" or "required" or "pattern")
            {
                converted[key] = value?.DeepClone();
            }
            else if (key is not "nullable" && value is not null && !Ignored.Contains(key) && !key.StartsWith("x-", StringComparison.Ordinal))
            {
                converted[key] = Convert(value, waiting);
            }
        }

        return schema["nullable"] is JsonValue nullable && nullable.TryGetValue<bool>(out var allowed) && allowed
            ? new JsonObject { ["anyOf"] = new JsonArray(converted, new JsonObject { ["type"] = "null" }) }
            : converted;
    }
}
