using FieldMedic.Packs;

namespace FieldMedic.Platform.Postgres;

/// <summary><c>postgres.fail_rows</c>: ends dead rows one by one, by id. The probe says which; nothing else of a row is read or written.</summary>
public sealed record FailRowsSettings : IRemedySettings
{
    /// <summary>The <c>postgres.dead_rows</c> probe that finds them.</summary>
    public required string Rows { get; init; }

    /// <summary>Column → SQL expression of the pack.</summary>
    public required IReadOnlyDictionary<string, string> Set { get; init; }

    /// <summary>More than so many at once are no accident of single jobs: a person looks.</summary>
    public int Most { get; init; } = 20;

    /// <summary>How long a row must have stayed exactly as it is between two looks.</summary>
    public TimeSpan Unmoved { get; init; } = TimeSpan.FromSeconds(4);

    public string? Service => null;

    public IEnumerable<string> Probes => [Rows];
}
