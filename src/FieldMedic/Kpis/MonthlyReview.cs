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
        var review = ReviewReport.Of(incidents, since, until);
        var report = review.Figures;
        var text = new StringBuilder();
        Line(text, $"# {Cell(system)}, {since:yyyy-MM-dd} to {until.AddTicks(-1):yyyy-MM-dd}\n");
        Line(text, $"{report.Incidents} incidents, {report.Unfinished} of them unfinished.\n");
        Figures(text, report);
        Escalations(text, report);
        Faults(text, review);
        Remedies(text, review);
        Next(text, review);
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

    private static void Faults(StringBuilder text, ReviewReport review)
        => Table(text, "Faults", ["fault", "incidents", "resolved by itself", "false closures"], review.Faults
            .Take(Most)
            .Select(f => new[] { Cell(f.Fault), $"{f.Incidents}", $"{f.Resolved}", $"{f.FalseClosures}" }));

    private static void Remedies(StringBuilder text, ReviewReport review)
        => Table(text, "Remedies", ["remedy", "actions", "failed or unknown", "incidents", "proved", "acting"], review.Remedies
            .Select(r => new[] { Cell(r.Remedy), $"{r.Actions}", $"{r.FailedOrUnknown}", $"{r.Incidents}", $"{r.Proved} of {r.Incidents}", Seconds(r.ActingSeconds) }));

    private static void Next(StringBuilder text, ReviewReport review)
        => Table(text, "What to automate next", ["what people were left with", "incidents", "because", "what would help"], review.Next
            .Take(Most)
            .Select(n => new[] { Cell(n.Fault), $"{n.Incidents}", Spoken(n.Reason), n.Advice }));

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
