using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FieldMedic.Incidents;

namespace FieldMedic.Kpis;

/// <summary>A period for the people who run the system, as Markdown: figures, what recurs, which remedies help, what to automate next.</summary>
public static class MonthlyReview
{
    private const int Most = 10;

    public static string Of(string system, IReadOnlyCollection<Incident> incidents, DateTimeOffset since, DateTimeOffset until)
    {
        var counted = incidents.Where(i => i.OpenedAt >= since && i.OpenedAt < until).ToList();
        var report = KpiReport.Of(counted, since, until);
        var text = new StringBuilder();
        Line(text, $"# {Cell(system)}, {since:yyyy-MM-dd} to {until.AddTicks(-1):yyyy-MM-dd}\n");
        Line(text, $"{report.Incidents} incidents, {report.Unfinished} of them unfinished.\n");
        Figures(text, report);
        Escalations(text, report);
        Recurring(text, counted);
        Remedies(text, counted);
        Next(text, counted);
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Figures(StringBuilder text, KpiReport report)
    {
        Table(text, "Figures", ["figure", "of", "share", "target"], new (string Name, Share Share)[] { ("resolved by itself", report.AutoResolved), ("repairs that were proved", report.FixSuccess), ("false closures", report.FalseClosures) }
            .Select(f => new[] { f.Name, $"{f.Share.Numerator} of {f.Share.Denominator}", Percent(f.Share), Met(f.Share.Target, f.Share.IsMet) }));
        var median = report.TimeToResolution.MedianSeconds;
        Table(text, "Times", ["time", "n", "mean", "median", "p90", "target of the median"], new (string Name, Times Times, Target? Target)[]
            {
                ("to resolution", report.TimeToResolution, KpiReport.ResolutionTarget),
                ("to detect", report.TimeToDetect, null),
                ("to decide", report.TimeToDecide, null),
                ("to act", report.TimeToAct, null),
                ("to verify", report.TimeToVerify, null),
            }
            .Select(t => new[] { t.Name, $"{t.Times.N}", Seconds(t.Times.MeanSeconds), Seconds(t.Times.MedianSeconds), Seconds(t.Times.P90Seconds), t.Target is null ? "" : Met(t.Target, median is { } m ? t.Target.IsMetBy(m) : null) }));
    }

    private static void Escalations(StringBuilder text, KpiReport report)
        => Table(text, "Left to a person", ["reason", "incidents"], report.Escalations.OrderByDescending(e => e.Value).ThenBy(e => e.Key).Select(e => new[] { Spoken(e.Key), $"{e.Value}" }));

    private static void Recurring(StringBuilder text, List<Incident> incidents)
        => Table(text, "Faults", ["fault", "incidents", "resolved by itself", "false closures"], incidents
            .Where(i => !i.Found.IsEmpty)
            .GroupBy(i => i.Found[0].Key)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Take(Most)
            .Select(g => new[] { Cell(g.Key), $"{g.Count()}", $"{g.Count(i => i.IsResolved)}", $"{g.Count(i => i.IsFalseClosure)}" }));

    private static void Remedies(StringBuilder text, List<Incident> incidents)
        => Table(text, "Remedies", ["remedy", "actions", "failed or unknown", "incidents", "proved", "acting"], incidents
            .SelectMany(i => i.Actions.GroupBy(a => a.Action.Remedy).Select(g => (Remedy: g.Key, Incident: i, Actions: g.ToImmutableArray())))
            .GroupBy(u => u.Remedy)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new[]
            {
                Cell(g.Key),
                $"{g.Sum(u => u.Actions.Length)}",
                $"{g.Sum(u => u.Actions.Count(a => a.Succeeded != true))}",
                $"{g.Count()}",
                $"{g.Count(u => u.Incident.IsProved)} of {g.Count()}",
                Seconds(g.Sum(u => u.Actions.Sum(a => a.Elapsed?.TotalSeconds ?? 0))),
            }));

    private static void Next(StringBuilder text, List<Incident> incidents)
        => Table(text, "What to automate next", ["what people were left with", "incidents", "because", "what would help"], incidents
            .Where(i => i.IsTold && i.LeftBecause is not null)
            .GroupBy(i => (Fault: i.Found.IsEmpty ? "nothing found" : i.Found[0].Key, Reason: i.LeftBecause!.Value))
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Fault, StringComparer.Ordinal)
            .Take(Most)
            .Select(g => new[] { Cell(g.Key.Fault), $"{g.Count()}", Spoken(g.Key.Reason), Advice(g.Key.Reason) }));

    private static string Advice(EscalationReason reason) => reason switch
    {
        EscalationReason.NotFixable => "a remedy in the pack",
        EscalationReason.RemediesExhausted or EscalationReason.AttemptsSpent or EscalationReason.Regressed or EscalationReason.Relapsed => "another remedy: those there are do not last",
        EscalationReason.NotReproduced or EscalationReason.NotExplained => "a probe that sees what is complained about, or a symptom that names it",
        EscalationReason.CannotObserve or EscalationReason.PartlyUnobserved or EscalationReason.Unverifiable => "a way to measure it",
        EscalationReason.LimitReached or EscalationReason.BreakerOpen or EscalationReason.TooManySick => "the cause: it is needed too often",
        EscalationReason.LimitUnreadable => "a store that answers",
        EscalationReason.Paused => "the switch turned on again",
        _ => "a person",
    };

    private static void Table(StringBuilder text, string title, string[] head, IEnumerable<string[]> rows)
    {
        Line(text, $"## {title}\n");
        var lines = rows.ToList();
        if (lines.Count == 0)
        {
            Line(text, $"None.\n");
            return;
        }

        Line(text, $"| {string.Join(" | ", head)} |\n|{string.Concat(head.Select(_ => "---|"))}");
        lines.ForEach(l => Line(text, $"| {string.Join(" | ", l)} |"));
        text.Append('\n');
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Percent(Share share) => share.Percent is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent:0.0} %") : "–";

    private static string Met(Target target, bool? isMet) => $"{target}, {isMet switch { true => "met", false => "not met", null => "nothing to judge by" }}";

    private static string Seconds(double? seconds) => seconds is { } s ? string.Create(CultureInfo.InvariantCulture, $"{s:0.0} s") : "–";

    private static string Spoken(EscalationReason reason) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()).Replace('_', ' ');

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
