using System.Globalization;

namespace FieldMedic.Platform.Disk;

/// <summary>One piece that may be removed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The full id, or the path of a log.</param>
/// <param name="Name">As it is shown and found again.</param>
/// <param name="Bytes">What it says it takes.</param>
internal sealed record Rubbish(RubbishKind Kind, string Id, string Name, long Bytes)
{
    /// <summary>The target of the plan, with the size for whoever reads it.</summary>
    public string Target => $"{Name} ({Size(Bytes)})";

    /// <summary>Whether a planned target means this piece; its size may have changed since.</summary>
    public bool Is(string target) => target.StartsWith($"{Name} (", StringComparison.Ordinal) && target.IndexOf('(', StringComparison.Ordinal) == Name.Length + 1;

    public static string Size(double bytes) => bytes >= 1e9
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
