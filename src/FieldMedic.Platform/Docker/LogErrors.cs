using System.Text;
using System.Text.RegularExpressions;

namespace FieldMedic.Platform.Docker;

/// <summary>Error lines of a log: how many, how many kinds, and the commonest kind as a template.</summary>
internal sealed partial record LogErrors(int Count, int Clusters, string Top)
{
    private const int LineCap = 400;

    public static LogErrors In(IEnumerable<string> logs)
    {
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var log in logs)
        {
            foreach (var line in log.AsSpan().EnumerateLines())
            {
                // Without its colours first: a coloured "ERROR" is no word of its own.
                var text = Escape().Replace((line.Length > LineCap ? line[..LineCap] : line).ToString(), " ");
                if (Error().IsMatch(text))
                {
                    var template = Template(text);
                    kinds[template] = kinds.GetValueOrDefault(template) + 1;
                }
            }
        }

        var top = kinds.OrderByDescending(k => k.Value).ThenBy(k => k.Key, StringComparer.Ordinal).FirstOrDefault();
        return new LogErrors(kinds.Values.Sum(), kinds.Count, top.Key is null ? "" : $"{top.Value}x {top.Key}");
    }

    /// <summary>A line without colours and control characters, at most 200 characters.</summary>
    public static string Plain(string line)
    {
        var clean = new StringBuilder(line.Length);
        foreach (var c in Escape().Replace(line, " ").Where(c => !char.IsControl(c)))
        {
            clean.Append(c);
        }

        return clean.Length > 200 ? clean.ToString(0, 200) : clean.ToString().Trim();
    }

    private static string Template(string line) => Plain(Variable().Replace(line, "*"));

    /// <summary>Colours, cursor movements and window titles of a terminal.</summary>
    [GeneratedRegex(@"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?|[@-Z\\^_])", RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();

    [GeneratedRegex(@"\b(ERROR|FATAL|PANIC|CRITICAL|EMERG)\b|\[(error|crit|alert|emerg)\]|Traceback \(most recent|\b\w*(Exception|Error):|\b(error|fatal):", RegexOptions.ExplicitCapture)]
    private static partial Regex Error();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[T ][\d:.,+Z]*|[0-9a-fA-F]{8}-[0-9a-fA-F\-]{27}|""[^""]{0,80}""|'[^']{0,80}'|0x[0-9a-fA-F]+|\b[0-9a-f]{12,64}\b|\d+(\.\d+)*", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
