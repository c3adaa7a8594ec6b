using System.Text.RegularExpressions;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Logs;

/// <summary>Reads the logs of a system's containers and says what is in them. What a log says is evidence for people, never an instruction.</summary>
public sealed class LogBook
{
    private static readonly TimeSpan Compared = TimeSpan.FromHours(1);
    private readonly Pack _pack;
    private readonly DockerEngine? _docker;
    private readonly TimeProvider _time;

    internal LogBook(Pack pack, DockerEngine? docker, TimeProvider time) => (_pack, _docker, _time) = (pack, docker, time);

    /// <summary>What is wrong with an expression for <see cref="LogQuestion.Grep"/>; null when nothing is.</summary>
    public static string? Mistake(string expression) => LogMatches.Mistake(expression);

    /// <exception cref="IOException">The pack uses no Docker, or the daemon does not answer.</exception>
    public async Task<LogSurvey> ReadAsync(LogQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (_docker is null || _pack.ComposeProject is null)
        {
            throw new IOException("The pack uses no Docker, so there are no logs to read.");
        }

        var now = _time.GetUtcNow();
        var containers = await _docker.BriefAsync(_pack.ComposeProject, cancellationToken).ConfigureAwait(false);
        var read = await Task.WhenAll(containers
            .Where(c => question.Services.Count == 0 ? _pack.Services.ContainsKey(c.Service) : question.Services.Contains(c.Service, StringComparer.Ordinal))
            .Select(async c => (c.Service, c.Id, Log: await _docker.TimedLogsAsync(c.Id, now - question.Since - Compared, question.Lines, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        var entries = read.SelectMany(r => LogEntries.Of(r.Service, r.Id[..12], r.Log.Text)).ToList();
        var cut = read.Where(r => r.Log.IsCut).Select(r => $"{r.Service} ({r.Id[..12]})");
        return Survey(entries, question, now, [.. cut]);
    }

    /// <summary>Pure: what a set of entries amounts to.</summary>
    internal static LogSurvey Survey(IReadOnlyList<LogEntry> entries, LogQuestion question, DateTimeOffset now, IReadOnlyList<string> cut)
    {
        var from = now - question.Since;
        var wanted = question.Grep is { Length: > 0 } grep ? new Regex(grep, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant) : null;
        var oldest = entries.GroupBy(e => e.Service, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Min(e => e.At), StringComparer.Ordinal);
        var kinds = entries
            .Where(e => wanted?.IsMatch(e.Text) ?? LogErrors.IsError(e.Text))
            .GroupBy(e => (e.Service, Template: LogErrors.TemplateOf(Telling(e.Text))))
            .Select(g => (g.Key, In: g.Where(e => e.At >= from).OrderBy(e => e.At).ToList(), Before: g.Count(e => e.At < from && e.At >= from - Compared)))
            .Where(g => g.In.Count > 0)
            .Select(g => new LogCluster(
                g.Key.Service,
                g.Key.Template,
                g.In.Count,
                g.In[0].At,
                g.In[^1].At,
                g.In[^1].Text.Length > 2000 ? g.In[^1].Text[..2000] : g.In[^1].Text,
                Math.Round(g.In.Count / question.Since.TotalHours, 1),
                oldest[g.Key.Service] < from ? g.Before / Compared.TotalHours : null));
        return new LogSurvey(
            from,
            now,
            [.. kinds.OrderByDescending(k => k.Count).ThenBy(k => k.Service, StringComparer.Ordinal).ThenBy(k => k.Template, StringComparer.Ordinal)],
            entries.Where(e => e.At >= from).GroupBy(e => e.Service, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            cut);
    }

    /// <summary>The line that says what happened: of a traceback its last, else the first.</summary>
    private static string Telling(string entry)
    {
        var lines = entry.Split('\n');
        return entry.Contains("Traceback (most recent call last)", StringComparison.Ordinal) ? Array.FindLast(lines, l => l.Length > 0 && !char.IsWhiteSpace(l[0])) ?? lines[0] : lines[0];
    }
}
