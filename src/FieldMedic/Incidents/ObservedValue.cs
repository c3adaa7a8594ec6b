using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FieldMedic.Incidents;

/// <summary>
/// What a probe saw: a number (counts, bytes, seconds, percent), a text, a flag, or unknown with the reason.
/// Unknown is a value of its own so that it can never be mistaken for zero or healthy.
/// </summary>
[JsonConverter(typeof(ObservedValueConverter))]
public readonly record struct ObservedValue
{
    private ObservedValue(ObservedKind kind, double number, string? text)
    {
        Kind = kind;
        Number = number;
        Text = text;
    }

    public ObservedKind Kind { get; }

    /// <summary>The number; 1 or 0 for a flag.</summary>
    public double Number { get; }

    /// <summary>The text, or the reason when unknown.</summary>
    public string? Text { get; }

    public bool IsUnknown => Kind == ObservedKind.Unknown;

    /// <summary>A number. One that is not finite tells nothing, so it is unknown.</summary>
    public static ObservedValue Of(double number) => double.IsFinite(number) ? new(ObservedKind.Number, number, null) : Unknown("not a finite number");

    public static ObservedValue Of(bool flag) => new(ObservedKind.Flag, flag ? 1 : 0, null);
    public static ObservedValue Of(string? text) => text is null ? Unknown("no value") : new(ObservedKind.Text, 0, text);
    public static ObservedValue Unknown(string reason) => new(ObservedKind.Unknown, 0, reason);

    /// <summary>The value as people read it; <c>unknown (reason)</c> when it is not known.</summary>
    public override string ToString() => Kind switch
    {
        ObservedKind.Number => Number.ToString("0.###", CultureInfo.InvariantCulture),
        ObservedKind.Flag => Number != 0 ? "yes" : "no",
        ObservedKind.Text => Text ?? "",
        _ => $"unknown ({Text ?? "not observed"})",
    };

    private sealed class ObservedValueConverter : JsonConverter<ObservedValue>
    {
        public override ObservedValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.Number: return Of(reader.GetDouble());
                case JsonTokenType.True: return Of(true);
                case JsonTokenType.False: return Of(false);
                case JsonTokenType.String: return Of(reader.GetString()!);
                case JsonTokenType.StartObject:
                    using (var document = JsonDocument.ParseValue(ref reader))
                    {
                        return Unknown(document.RootElement.GetProperty("unknown").GetString() ?? "");
                    }

                default: throw new JsonException($"Not an observed value: {reader.TokenType}.");
            }
        }

        public override void Write(Utf8JsonWriter writer, ObservedValue value, JsonSerializerOptions options)
        {
            switch (value.Kind)
            {
                case ObservedKind.Number: writer.WriteNumberValue(value.Number); break;
                case ObservedKind.Flag: writer.WriteBooleanValue(value.Number != 0); break;
                case ObservedKind.Text: writer.WriteStringValue(value.Text); break;
                default:
                    writer.WriteStartObject();
                    writer.WriteString("unknown", value.Text ?? "not observed");
                    writer.WriteEndObject();
                    break;
            }
        }
    }
}
