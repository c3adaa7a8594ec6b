namespace FieldMedic.Platform.Docker;

/// <summary>Lines of a log to look for, by .NET regular expressions without backtracking.</summary>
public sealed record LogPattern
{
    /// <summary>A line counts when this matches.</summary>
    public required string Match { get; init; }

    /// <summary>And this does not.</summary>
    public string? Except { get; init; }

    /// <summary>The services in whose logs to look; every one that is read when empty.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];
}
