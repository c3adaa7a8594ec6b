using System.Globalization;
using FieldMedic.Incidents;

namespace FieldMedic.Cli.Output;

/// <summary>An observation for people: its unit is in its name.</summary>
internal static class Figure
{
    private static readonly (string Ending, Func<double, string> Shown)[] Units =
    [
        ("_bytes", n => Bytes(n)),
        ("_percent", n => string.Create(CultureInfo.InvariantCulture, $"{n:0.#} %")),
        ("_seconds", n => string.Create(CultureInfo.InvariantCulture, $"{n:0.#} s")),
        ("_ms", n => string.Create(CultureInfo.InvariantCulture, $"{n:0} ms")),
        (".ms", n => string.Create(CultureInfo.InvariantCulture, $"{n:0} ms")),
    ];

    /// <summary><c>db.size_bytes</c> 8123456 → <c>size 8.1 MB</c>.</summary>
    public static string Of(string name, ObservedValue? value)
    {
        var field = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var (ending, shown) = Units.FirstOrDefault(u => name.EndsWith(u.Ending, StringComparison.Ordinal));
        var label = ending is null ? field : field == ending[1..] ? "" : field[..^ending.Length];
        var text = value is not { } seen ? "not observed" : shown is not null && seen.Kind == ObservedKind.Number ? shown(seen.Number) : seen.ToString();
        return $"{label.Replace('_', ' ')} {text}".Trim();
    }

    public static string Bytes(double bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        var unit = 0;
        for (; bytes >= 1000 && unit < units.Length - 1; unit++)
        {
            bytes /= 1000;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.#} {units[unit]}");
    }
}
