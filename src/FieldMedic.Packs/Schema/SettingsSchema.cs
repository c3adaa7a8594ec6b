using System.Text.Json.Nodes;
using FieldMedic.Packs.Yaml.Reading;

namespace FieldMedic.Packs.Yaml.Schema;

/// <summary>The schema of a settings type, from the same properties the binder sets.</summary>
internal static class SettingsSchema
{
    public static JsonObject Of(Type type)
    {
        var keys = TypeShape.Keys(type).ToList();
        var properties = new JsonObject();
        foreach (var property in keys)
        {
            properties[TypeShape.Key(property)] = Value(property.PropertyType);
        }

        var required = keys.Where(TypeShape.IsRequired).Select(TypeShape.Key).ToList();
        var schema = SchemaNodes.Object(properties, required);
        return required.Count == 0 ? SchemaNodes.OrNothing(schema) : schema;
    }

    public static JsonObject Value(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (TypeShape.ElementOfMap(type) is { } mapped)
        {
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(mapped) };
        }

        if (TypeShape.ElementOfList(type) is { } element)
        {
            return new JsonObject { ["type"] = "array", ["items"] = Value(element) };
        }

        if (TypeShape.IsSettings(type))
        {
            return Of(type);
        }

        if (type.IsEnum)
        {
            return Or(new JsonObject { ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(n => (JsonNode)TypeShape.Snake(n))]) });
        }

        return type switch
        {
            _ when type == typeof(string) => new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
            _ when type == typeof(bool) => Or(new JsonObject { ["type"] = "boolean" }, new JsonObject { ["enum"] = new JsonArray("true", "false", "yes", "no", "on", "off") }),
            _ when type == typeof(int) => Or(new JsonObject { ["type"] = "integer", ["minimum"] = 0 }, new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]+$" }),
            _ when type == typeof(TimeSpan) => Or(
                new JsonObject { ["type"] = "string", ["pattern"] = "^([0-9]+(\\.[0-9]+)?(ms|s|m|h|d))+$" }, new JsonObject { ["enum"] = new JsonArray(0, "0") }),
            _ when type == typeof(Uri) => new JsonObject { ["type"] = "string" },
            _ => Or(new JsonObject { ["type"] = "number", ["minimum"] = 0 }, new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9.]+ ?(%|B|[kMGT]B|[KMGT]iB)?$" }),
        };
    }

    private static JsonObject Or(params JsonObject[] choices) => new() { ["anyOf"] = new JsonArray([.. choices, SchemaNodes.Variable()]) };
}
