using System.Globalization;
using System.Net;
using System.Text;

namespace FieldMedic.Bench.Faults;

/// <summary>Every run with its timeline and what was wrong with it; one file, nothing from elsewhere.</summary>
internal static class HtmlReport
{
    private static readonly (string Stage, string Colour)[] Stages =
        [("diagnose", "#4c78a8"), ("decide", "#72b7b2"), ("remedy", "#e45756"), ("stabilize", "#eeca3b"), ("verify", "#54a24b"), ("report", "#b279a2")];

    public static string Of(IReadOnlyList<RunResult> results)
    {
        var html = new StringBuilder();
        html.AppendLine("""
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Fault benchmark</title>
            <style>
            body{font:15px/1.4 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color-scheme:light dark}
            table{border-collapse:collapse;width:100%}td,th{padding:.3rem .6rem;border-bottom:1px solid #8885;text-align:left;vertical-align:top}
            .bar{display:flex;height:1rem;min-width:14rem}.bar i{display:block}.good{color:#2a8a3a}.bad{color:#c33}small{opacity:.75}
            </style><h1>Fault benchmark</h1><p>
            """);
        html.AppendLine(string.Join(" ", Stages.Select(s => $"<span style=\"color:{s.Colour}\">■</span> {s.Stage}"))).AppendLine("; a bar is as long as its run.</p>");
        var longest = Math.Max(1, results.Select(r => r.Seconds.GetValueOrDefault("total")).DefaultIfEmpty(0).Max());
        html.AppendLine("<table><tr><th>scenario<th>actor<th>result<th>cause<th>deeds<th>timeline<th>seconds</tr>");
        foreach (var run in results.OrderBy(r => r.Scenario, StringComparer.Ordinal).ThenBy(r => r.Actor, StringComparer.Ordinal).ThenBy(r => r.Run))
        {
            var marks = run.Score.IsSolved ? "<span class=\"good\">solved</span>" : $"<span class=\"bad\">{(run.Score.IsHardFail ? "hard fail" : "not solved")}</span><br><small>{Text(string.Join("; ", run.Score.Reasons))}<br>{Text(run.Ending.Said ?? "")}</small>";
            var bar = string.Concat(Stages.Select(s => Part(s.Stage, s.Colour, run.Seconds.GetValueOrDefault(s.Stage), longest)));
            html.AppendLine(CultureInfo.InvariantCulture, $"<tr><td>{Text(run.Scenario)} <small>#{run.Run}</small><td>{Text(run.Actor)}<td>{marks}<td>{Text(string.Join(", ", run.Ending.Kinds))}<td>{Text(string.Join(", ", run.Ending.Deeds))}<td><div class=\"bar\">{bar}</div><td>{run.Elapsed ?? run.Seconds.GetValueOrDefault("act"):0.0}</tr>");
        }

        return html.AppendLine("</table></html>").ToString();
    }

    private static string Part(string stage, string colour, double seconds, double longest)
        => string.Create(CultureInfo.InvariantCulture, $"<i style=\"background:{colour};width:{100 * seconds / longest:0.##}%\" title=\"{stage} {seconds:0.00} s\"></i>");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
