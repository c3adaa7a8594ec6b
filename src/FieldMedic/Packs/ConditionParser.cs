using System.Globalization;
using System.Text.RegularExpressions;
using FieldMedic.Incidents;

namespace FieldMedic.Packs;

/// <summary>Parses <c>observation op operand</c>. Units: <c>%</c>; <c>s m h d</c> → seconds; <c>B KiB MiB GiB TiB kB MB GB TB</c> → bytes.</summary>
public static partial class ConditionParser
{
    /// <summary>The condition, or null with a message that says what is wrong.</summary>
    public static Condition.Comparison? Parse(string text, out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Shape().Match(text);
        if (!match.Success)
        {
            error = $"'{text.Trim()}' is not 'observation op value', e.g. 'worker.running < 2' (op: == != < <= > >=).";
            return null;
        }

        var comparison = ComparisonOperatorSymbols.Parse(match.Groups["op"].Value)!.Value;
        var operand = ParseOperand(match.Groups["right"].Value.Trim(), out error);
        return operand is null ? null : new Condition.Comparison(match.Groups["left"].Value, comparison, operand);
    }

    private static Operand? ParseOperand(string text, out string? error)
    {
        error = null;
        if (Quoted().Match(text) is { Success: true } quoted)
        {
            return new Operand(ObservedValue.Of(quoted.Groups["text"].Value), null, text);
        }

        if (text is "true" or "yes" or "false" or "no")
        {
            return new Operand(ObservedValue.Of(text is "true" or "yes"), null, text);
        }

        if (Quantity().Match(text) is { Success: true } quantity)
        {
            var unit = quantity.Groups["unit"].Value;
            if (Factor(unit) is not { } factor)
            {
                error = $"'{unit}' is not a unit (%, s, m, h, d, B, KiB, MiB, GiB, TiB, kB, MB, GB, TB).";
                return null;
            }

            var number = double.Parse(quantity.Groups["number"].Value, CultureInfo.InvariantCulture) * factor;
            return new Operand(ObservedValue.Of(number), null, text);
        }

        if (Name().IsMatch(text))
        {
            return new Operand(null, text, text);
        }

        error = $"'{text}' is neither a number with unit, 'a text' in quotes, true/false, nor an observation.";
        return null;
    }

    private static double? Factor(string unit) => unit switch
    {
        "" or "%" or "s" or "B" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86400,
        "kB" => 1e3,
        "MB" => 1e6,
        "GB" => 1e9,
        "TB" => 1e12,
        "KiB" => 1024d,
        "MiB" => 1024d * 1024,
        "GiB" => 1024d * 1024 * 1024,
        "TiB" => 1024d * 1024 * 1024 * 1024,
        _ => null,
    };

    [GeneratedRegex(@"^\s*(?<left>[a-z_][a-z0-9_\-]*(\.[a-z0-9_\-]+)+)\s*(?<op>==|!=|<=|>=|=|<|>)\s*(?<right>\S.*?)\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();

    [GeneratedRegex(@"^(?<quote>['""])(?<text>[^'""]*)\k<quote>$", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^(?<number>-?[0-9]+(\.[0-9]+)?)\s*(?<unit>[A-Za-z%]*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Quantity();

    [GeneratedRegex(@"^[a-z_][a-z0-9_\-]*(\.[a-z0-9_\-]+)+$")]
    private static partial Regex Name();
}
