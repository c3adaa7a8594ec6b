using System.Text.Json.Serialization;

namespace FieldMedic.Incidents;

/// <summary>A catalogued problem that holds now.</summary>
/// <param name="Problem">The problem's id in the pack, e.g. <c>service_down</c>.</param>
/// <param name="Service">The service it is about, or null for the system as a whole.</param>
/// <param name="Title">The pack's short wording.</param>
/// <param name="Evidence">The conditions that hold, with the values seen, e.g. <c>db.running = 0 (&lt; 1)</c>.</param>
/// <param name="Kind">The catalogue entry it is a variant of, when that is not <paramref name="Problem"/> itself.</param>
public sealed record Finding(
    string Problem,
    string? Service,
    string Title,
    IReadOnlyList<string> Evidence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Kind = null)
{
    /// <summary>What makes two findings the same trouble: problem and service.</summary>
    [JsonIgnore]
    public string Key => Service is null ? Problem : $"{Problem}/{Service}";

    /// <summary>The catalogue entry: <c>database_down</c> for a database that is out of connections, too.</summary>
    [JsonIgnore]
    public string CatalogueKind => Kind ?? Problem;

    public bool Equals(Finding? other)
        => other is not null && Key == other.Key && Title == other.Title && Evidence.SequenceEqual(other.Evidence);

    public override int GetHashCode() => HashCode.Combine(Key, Title, Evidence.Count);
}
