using System.Globalization;
using System.Text.RegularExpressions;
using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

internal static partial class ScalarValues
{
    public static object? Convert(Type type, string text, Node node, PackReading reading, string what)
    {
        if (type == typeof(string))
        {
            return text;
        }

        var trimmed = text.Trim();
        if (type == typeof(TimeSpan))
        {
            return Duration(trimmed) is { } duration
                ? duration
                : Wrong(PackCodes.NotADuration, $"'{text}' is not a duration; {what} is written like 500ms, 3s, 1m30s, 2h or 1d.");
        }

        if (type == typeof(bool))
        {
            return trimmed switch
            {
                "true" or "yes" or "on" => true,
                "false" or "no" or "off" => false,
                _ => Wrong(PackCodes.NotAFlag, $"'{text}' is not a flag; {what} is true or false."),
            };
        }

        if (type == typeof(int))
        {
            return int.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? whole
                : Wrong(PackCodes.NotANumber, $"'{text}' is not a whole number; {what} is one.");
        }

        if (type == typeof(long))
        {
            return Size(trimmed) is { } size
                ? (long)size
                : Wrong(PackCodes.NotASize, $"'{text}' is not a whole number or a size; {what} is written like 1048576, 512MiB or 10GB.");
        }

        if (type == typeof(double))
        {
            return Size(trimmed.EndsWith('%') ? trimmed[..^1].TrimEnd() : trimmed) is { } number
                ? number
                : Wrong(PackCodes.NotANumber, $"'{text}' is not a number; {what} is written like 0.5, 90% or 2GiB.");
        }

        if (type.IsEnum)
        {
            var names = Enum.GetNames(type).ToDictionary(TypeShape.Snake, n => n, StringComparer.Ordinal);
            return names.TryGetValue(trimmed, out var name)
                ? Enum.Parse(type, name)
                : Wrong(PackCodes.NotAChoice, $"'{text}' is not possible for {what}{Suggestion.OrList(trimmed, names.Keys, "choices")}");
        }

        if (type == typeof(Uri))
        {
            return Uri.TryCreate(trimmed, UriKind.Absolute, out var uri)
                ? uri
                : Wrong(PackCodes.OutOfRange, $"'{text}' is not an absolute address; {what} is written like https://host:port/path.");
        }

        throw new InvalidOperationException($"The pack loader has no YAML form for {type}.");

        object? Wrong(string code, string message)
        {
            reading.Error(code, node, message);
            return null;
        }
    }

    internal static TimeSpan? Duration(string text)
    {
        if (text == "0")
        {
            return TimeSpan.Zero;
        }

        var match = DurationShape().Match(text);
        if (!match.Success || text.Length == 0)
        {
            return null;
        }

        var total = 0d;
        for (var i = 0; i < match.Groups["n"].Captures.Count; i++)
        {
            var number = double.Parse(match.Groups["n"].Captures[i].Value, CultureInfo.InvariantCulture);
            total += number * match.Groups["u"].Captures[i].Value switch
            {
                "ms" => 0.001,
                "s" => 1,
                "m" => 60,
                "h" => 3600,
                _ => 86400,
            };
        }

        return total <= 36500d * 86400 ? TimeSpan.FromSeconds(total) : null;
    }

    internal static double? Size(string text)
    {
        var match = SizeShape().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var number = double.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture) * match.Groups["u"].Value switch
        {
            "kB" => 1e3,
            "MB" => 1e6,
            "GB" => 1e9,
            "TB" => 1e12,
            "KiB" => 1024d,
            "MiB" => 1024d * 1024,
            "GiB" => 1024d * 1024 * 1024,
            "TiB" => 1024d * 1024 * 1024 * 1024,
            _ => 1,
        };
        return Math.Abs(number) < 9e18 ? number : null;
    }

    [GeneratedRegex(@"^((?<n>[0-9]{1,9}(\.[0-9]{1,9})?)(?<u>ms|s|m|h|d))+$", RegexOptions.ExplicitCapture)]
    private static partial Regex DurationShape();

    [GeneratedRegex(@"^(?<n>-?[0-9]{1,18}(\.[0-9]{1,9})?) ?(?<u>B|kB|MB|GB|TB|KiB|MiB|GiB|TiB)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex SizeShape();
}
