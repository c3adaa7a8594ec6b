using System.Text.Json.Nodes;

namespace FieldMedic.Packs.Yaml.Schema;

/// <summary>The few shapes a pack is made of.</summary>
internal static class SchemaNodes
{
    /// <summary>Where a variable may stand.</summary>
    public static JsonObject Variable() => new() { ["type"] = "string", ["pattern"] = @"\$\{" };

    public static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    public static JsonObject Name(string description)
        => new() { ["type"] = "string", ["pattern"] = @"^([a-z][a-z0-9_-]{0,63}|.*\$\{.*)$", ["description"] = description };

    public static JsonObject Object(JsonObject properties, IEnumerable<string> required)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        var keys = required.Select(k => (JsonNode)k).ToArray();
        if (keys.Length > 0)
        {
            schema["required"] = new JsonArray(keys);
        }

        return schema;
    }

    public static JsonObject MapOf(JsonObject element, string description)
        => new() { ["type"] = "object", ["description"] = description, ["additionalProperties"] = element };

    public static JsonObject OrNothing(JsonObject schema)
    {
        schema["type"] = new JsonArray("object", "null");
        return schema;
    }

    /// <summary>One text or a list of them.</summary>
    public static JsonObject Texts() => new()
    {
        ["type"] = new JsonArray("string", "array"),
        ["items"] = new JsonObject { ["type"] = "string" },
    };

    public static JsonObject Contact()
    {
        var schema = Texts();
        schema["type"] = new JsonArray("string", "array", "null");
        return schema;
    }

    public static JsonObject Conditions() => new()
    {
        ["type"] = new JsonArray("string", "array"),
        ["items"] = Reference(),
    };

    /// <summary>A comparison, or <c>any:</c> with alternatives.</summary>
    public static JsonObject Condition() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "string", ["description"] = "observation op value, e.g. worker.running < 2" },
            Object(
                new JsonObject
                {
                    ["any"] = new JsonObject
                    {
                        ["type"] = "array",
                        ["minItems"] = 1,
                        ["items"] = new JsonObject
                        {
                            ["anyOf"] = new JsonArray(Reference(), new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = Reference() }),
                        },
                    },
                },
                ["any"])),
    };

    public static JsonObject Described(JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }

    private static JsonObject Reference() => new() { ["$ref"] = "#/$defs/condition" };
}
