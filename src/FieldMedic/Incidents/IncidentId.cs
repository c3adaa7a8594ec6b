using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FieldMedic.Incidents;

/// <summary>Names one incident. Sorts by the time it was made; safe to show in public (no host, no user).</summary>
[JsonConverter(typeof(IncidentIdConverter))]
public readonly record struct IncidentId(string Value) : IComparable<IncidentId>
{
    /// <summary>Makes a new id from the clock and randomness: <c>INC-20261123-120000-7f3a9c</c>.</summary>
    public static IncidentId New(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var stamp = time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return new IncidentId($"INC-{stamp}-{Random.Shared.Next(0x1000000):x6}");
    }

    public int CompareTo(IncidentId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    public static bool operator <(IncidentId left, IncidentId right) => left.CompareTo(right) < 0;
    public static bool operator >(IncidentId left, IncidentId right) => left.CompareTo(right) > 0;
    public static bool operator <=(IncidentId left, IncidentId right) => left.CompareTo(right) <= 0;
    public static bool operator >=(IncidentId left, IncidentId right) => left.CompareTo(right) >= 0;

    private sealed class IncidentIdConverter : JsonConverter<IncidentId>
    {
        public override IncidentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => new(reader.GetString() ?? throw new JsonException("An incident id is a string."));

        public override void Write(Utf8JsonWriter writer, IncidentId value, JsonSerializerOptions options)
            => writer.WriteStringValue(value.Value);
    }
}
