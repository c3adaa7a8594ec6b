namespace FieldMedic.Platform.Logs;

/// <summary>Which part of the containers' logs to look at.</summary>
public sealed record LogQuestion
{
    /// <summary>Services; all of the pack when empty.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>How far back. As much again, but at least an hour, is read before that, to compare with.</summary>
    public TimeSpan Since { get; init; } = TimeSpan.FromHours(1);

    /// <summary>At most so many lines of each container, the newest.</summary>
    public int Lines { get; init; } = 5000;

    /// <summary>Only entries that match this expression (.NET, without backtracking), errors or not; all errors when null.</summary>
    public string? Grep { get; init; }
}
