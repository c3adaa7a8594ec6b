using FieldMedic.Packs;

namespace FieldMedic.Platform.Disk;

/// <summary><c>docker.clean</c>: removes what nobody can miss, piece by piece and by name.</summary>
public sealed record CleanSettings : IRemedySettings
{
    /// <summary>The <c>docker.images</c> probe whose images are never removed.</summary>
    public required string Images { get; init; }

    /// <summary>The <c>postgres.dead_rows</c> probe by which containers of jobs that are over are told; none are removed without it.</summary>
    public string? Jobs { get; init; }

    /// <summary>The condition under which such a job is over.</summary>
    public string? Over { get; init; }

    /// <summary>Folders on this machine with rotated logs, separated by commas; the daemon's own rotated logs count always.</summary>
    public string? Logs { get; init; }

    /// <summary>The most pieces at once.</summary>
    public int Most { get; init; } = 25;

    public string? Service => null;

    public IEnumerable<string> Probes => Jobs is null ? [Images] : [Images, Jobs];
}
