using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FieldMedic.Incidents;

namespace FieldMedic.Journal;

/// <summary>The on-disk format of events: snake_case JSON, enums as words, nothing that depends on the machine.</summary>
public static class JournalJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    public static string Write(IncidentEvent happened) => JsonSerializer.Serialize(happened, Options);

    /// <summary>Reads one event; throws <see cref="JournalException"/> naming what is wrong when it cannot.</summary>
    public static IncidentEvent Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<IncidentEvent>(json, Options) ?? throw new JournalException("An event is missing (null).");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new JournalException($"An event cannot be read: {e.Message}", e);
        }
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            AllowOutOfOrderMetadataProperties = true,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
