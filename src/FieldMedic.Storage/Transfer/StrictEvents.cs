using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Storage.Transfer;

/// <summary>Reads events from outside: what our own writer never leaves out must be there, and not null.</summary>
internal static class StrictEvents
{
    private static readonly JsonSerializerOptions Options = new(JournalJson.Options)
    {
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Require } },
    };

    /// <exception cref="JsonException">Something is missing, null, or no event.</exception>
    public static void Check(string payload) => _ = JsonSerializer.Deserialize<IncidentEvent>(payload, Options);

    private static void Require(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p is { Set: not null, AssociatedParameter: { HasDefaultValue: false, IsNullable: false } }))
        {
            property.IsRequired = true;
        }
    }
}
