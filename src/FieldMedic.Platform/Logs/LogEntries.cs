using System.Globalization;
using System.Text.RegularExpressions;
using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Logs;

/// <summary>Puts the lines of a container's log together to entries.</summary>
internal static partial class LogEntries
{
    private const int LineCap = 2000;
    private const int LinesPerEntry = 60;

    /// <param name="log">Lines as the daemon gives them, each behind its time.</param>
    public static IReadOnlyList<LogEntry> Of(string service, string container, string log)
    {
        var entries = new List<LogEntry>();
        var open = new List<string>();
        DateTimeOffset at = default;
        var isTraceback = false;
        foreach (var (time, text) in Lines(log))
        {
            if (open.Count > 0 && open.Count < LinesPerEntry && (GoesOn(text) || isTraceback))
            {
                open.Add(text);
                // The first line that is not indented tells the exception and ends the traceback, unless another one follows from it.
                isTraceback = isTraceback ? text.Length == 0 || char.IsWhiteSpace(text[0]) || Chained(text) : Begins(text);
                continue;
            }

            Close();
            (at, isTraceback) = (time, Begins(text));
            open.Add(text);
        }

        Close();
        return entries;

        void Close()
        {
            if (open.Count > 0)
            {
                entries.Add(new LogEntry(service, container, at, string.Join('\n', open).TrimEnd()));
                open.Clear();
            }
        }
    }

    private static IEnumerable<(DateTimeOffset At, string Text)> Lines(string log)
    {
        foreach (var line in log.Split('\n'))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && DateTimeOffset.TryParse(line.AsSpan(0, space), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                yield return (at, LogErrors.Clean(line[(space + 1)..], LineCap));
            }
        }
    }

    private static bool Begins(string line) => line.Contains("Traceback (most recent call last)", StringComparison.Ordinal);

    private static bool Chained(string line)
        => Begins(line) || line.StartsWith("During handling of the above", StringComparison.Ordinal) || line.StartsWith("The above exception was", StringComparison.Ordinal);

    /// <summary>A line that says nothing by itself: indented, or what PostgreSQL and Java put below an error.</summary>
    private static bool GoesOn(string line) => line.Length > 0 && (char.IsWhiteSpace(line[0]) || Continuation().IsMatch(line));

    [GeneratedRegex(@"^(Caused by:|\.\.\. \d+ more|at [\w$.]+\()|^(\S+ \S+ (UTC|GMT) (\[\d+\] )?)?(DETAIL|HINT|CONTEXT|STATEMENT|QUERY):  ", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Continuation();
}
