using System.Text.Json;
using System.Text.Json.Serialization;

namespace FieldMedic.Storage.Transfer;

/// <summary>
/// One line of an exported store. The format is pinned by fixtures and only grows. First comes a line with <c>fieldmedic_store</c>, then
/// pauses, then events by incident and sequence, and last the line that counts them, which tells a whole file from a torn one.
/// </summary>
internal sealed record JournalLine
{
    public const int Version = 1;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public int? FieldmedicStore { get; init; }

    /// <summary>The system that is paused.</summary>
    public string? Pause { get; init; }

    public string? By { get; init; }

    public string? Incident { get; init; }

    public long? Sequence { get; init; }

    public DateTimeOffset? At { get; init; }

    public JsonElement? Event { get; init; }

    /// <summary>How many events there were.</summary>
    public long? End { get; init; }

    public static JournalLine? Read(string text) => JsonSerializer.Deserialize<JournalLine>(text, Format);

    public override string ToString() => JsonSerializer.Serialize(this, Format);
}
