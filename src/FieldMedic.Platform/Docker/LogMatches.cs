using System.Text.RegularExpressions;

namespace FieldMedic.Platform.Docker;

/// <summary>Lines of a log that a pattern names: how many, and the last of them.</summary>
internal sealed record LogMatches(int Count, string Last)
{
    // Linear in the length of a line, whatever the pattern and the line.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private const int LineCap = 2000;

    /// <summary>Lines are searched through in the order of the logs; <see cref="Last"/> is free of control characters.</summary>
    public static LogMatches In(IEnumerable<string> logs, LogPattern pattern)
    {
        var (match, except) = (Expression(pattern.Match), pattern.Except is { Length: > 0 } not ? Expression(not) : null);
        var (count, last) = (0, "");
        foreach (var log in logs)
        {
            foreach (var whole in log.AsSpan().EnumerateLines())
            {
                var line = whole.Length > LineCap ? whole[..LineCap] : whole;
                if (match.IsMatch(line) && except?.IsMatch(line) != true)
                {
                    count++;
                    last = LogErrors.Plain(line.ToString());
                }
            }
        }

        return new LogMatches(count, last);
    }

    /// <summary>What is wrong with an expression; null when nothing is.</summary>
    public static string? Mistake(string expression)
    {
        try
        {
            _ = Expression(expression);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return e is NotSupportedException ? "it uses what only backtracking can do (look-around, back-references)" : e.Message;
        }
    }

    private static Regex Expression(string expression) => new(expression, Linear);
}
