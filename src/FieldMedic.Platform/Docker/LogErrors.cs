using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FieldMedic.Platform.Docker;

/// <summary>Error lines of a log: how many, how many kinds, and the commonest kind as a template.</summary>
internal sealed partial record LogErrors(int Count, int Clusters, string Top)
{
    private const int LineCap = 400;
    private const int PlainCap = 200;

    public static LogErrors In(IEnumerable<string> logs)
    {
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var log in logs)
        {
            foreach (var line in log.AsSpan().EnumerateLines())
            {
                var text = (line.Length > LineCap ? line[..LineCap] : line).ToString();
                if (IsError(text))
                {
                    var template = TemplateOf(text);
                    kinds[template] = kinds.GetValueOrDefault(template) + 1;
                }
            }
        }

        var top = kinds.OrderByDescending(k => k.Value).ThenBy(k => k.Key, StringComparer.Ordinal).FirstOrDefault();
        return new LogErrors(kinds.Values.Sum(), kinds.Count, top.Key is null ? "" : $"{top.Value}x {top.Key}");
    }

    /// <summary>A line without colours and control characters, at most 200 characters.</summary>
    public static string Plain(string line) => Clean(line, PlainCap).Trim();

    /// <summary>Text without colours and control characters; a tab is two spaces, so that what was indented stays so.</summary>
    public static string Clean(string line, int cap)
    {
        var clean = new StringBuilder(line.Length);
        foreach (var c in Escape().Replace(line, " "))
        {
            if (c == '\t')
            {
                clean.Append("  ");
            }
            else if (!char.IsControl(c) && CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.Format)
            {
                clean.Append(c);
            }
        }

        return clean.Length > cap ? clean.ToString(0, cap) : clean.ToString();
    }

    /// <summary>Whether a text reports an error. Without its colours: a coloured "ERROR" is no word of its own.</summary>
    public static bool IsError(string text) => Error().IsMatch(Escape().Replace(text, " "));

    /// <summary>A line with everything masked that differs from one time to the next.</summary>
    public static string TemplateOf(string line) => Plain(Variable().Replace(Escape().Replace(line, " "), "*"));

    /// <summary>Colours, cursor movements and window titles of a terminal.</summary>
    [GeneratedRegex(@"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?|[@-Z\\^_])", RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();

    [GeneratedRegex(@"\b(ERROR|FATAL|PANIC|CRITICAL|EMERG)\b|\[(error|crit|alert|emerg)\]|Traceback \(most recent|\b\w*(Exception|Error):|\b(error|fatal):", RegexOptions.ExplicitCapture)]
    private static partial Regex Error();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[T ][\d:.,+Z]*|[0-9a-fA-F]{8}-[0-9a-fA-F\-]{27}|""[^""]{0,80}""|'[^']{0,80}'|0x[0-9a-fA-F]+|\b[0-9a-f]{12,64}\b|\d+(\.\d+)*", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
