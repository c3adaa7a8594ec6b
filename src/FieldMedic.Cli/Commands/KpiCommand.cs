using System.CommandLine;
using System.Globalization;
using FieldMedic.Cli.Output;
using FieldMedic.Hosting;
using FieldMedic.Kpis;
using FieldMedic.Packs.Yaml;
using Spectre.Console;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic kpi</c>: how well it works, with the number of cases behind every share.</summary>
internal static class KpiCommand
{
    public static Command Build()
    {
        var since = new Option<string>("--since") { Description = "A span back from now (7d, 12h) or a day (2026-01-31), UTC.", DefaultValueFactory = _ => "30d" };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command(
            "kpi",
            """
            How well it works, folded from the journal: what was resolved without a person, repairs that were proved, closes that did not hold, why people were needed, and the times. Always with the number of cases.

            Examples:
              fieldmedic kpi
              fieldmedic kpi --since 2026-01-01 --json

            Exit codes: 0 told, 64 an option is wrong, 75 the store cannot be read.
            """)
        {
            since, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var from = From(parsed.GetValue(since)!, TimeProvider.System.GetUtcNow());
            await using var host = await FieldMedicHost.OpenAsync(GlobalOptions.Settings(parsed), HostNeeds.StoreIfThere, cancellationToken).ConfigureAwait(false);
            var isJson = parsed.GetValue(json);
            var incidents = await Terminal.WhileAsync("reading the journal", isJson, IncidentHistory.ReadAsync(host.Journal, host.Pack.System, from, cancellationToken)).ConfigureAwait(false);
            var report = KpiReport.Of(incidents, from);
            if (isJson)
            {
                JsonOut.Write(Json(report));
            }
            else
            {
                Write(Terminal.Out, report);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static DateTimeOffset From(string text, DateTimeOffset now)
    {
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
        {
            return day;
        }

        return Durations.Parse(text) is { } span && span > TimeSpan.Zero && span < now - DateTimeOffset.UnixEpoch
            ? now - span
            : throw new ConfigurationException($"--since '{Terminal.Plain(text)}' is neither a time span (7d, 12h) nor a day (2026-01-31).");
    }

    private static object Json(KpiReport report) => new
    {
        since = report.Since,
        incidents = report.Incidents,
        unfinished = report.Unfinished,
        auto_resolved = Json(report.AutoResolved),
        fix_success = Json(report.FixSuccess),
        false_closures = Json(report.FalseClosures),
        unverifiable = report.Unverifiable,
        escalations = report.Escalations.ToDictionary(e => Words.Snake(e.Key)!, e => e.Value),
        seconds_to_resolution = Json(report.TimeToResolution),
        seconds_to_detect = Json(report.TimeToDetect),
        seconds_to_decide = Json(report.TimeToDecide),
        seconds_to_act = Json(report.TimeToAct),
        seconds_to_verify = Json(report.TimeToVerify),
    };

    private static object Json(Share share) => new { numerator = share.Numerator, denominator = share.Denominator, percent = share.Percent, target = share.Target.ToString(), met = share.IsMet, means = share.Means };

    private static object Json(Times times) => new { n = times.N, mean = times.MeanSeconds, median = times.MedianSeconds, p90 = times.P90Seconds };

    private static void Write(IAnsiConsole console, KpiReport report)
    {
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[bold]{report.Incidents} incidents[/] opened since {report.Since:yyyy-MM-dd HH:mm} UTC, {report.Unfinished} unfinished"));
        var shares = new Table().Border(TableBorder.Minimal).AddColumns("", "Of", "Share", "Target", "");
        foreach (var (name, share) in new[] { ("Resolved by itself", report.AutoResolved), ("Repairs proved", report.FixSuccess), ("False closures", report.FalseClosures) })
        {
            shares.AddRow(name, $"{share.Numerator} of {share.Denominator}", share.Percent is { } percent ? Figure(percent, "%") : "–", share.Target.ToString(), Met(share.IsMet));
        }

        console.Write(shares);
        var times = new Table().Border(TableBorder.Minimal).AddColumns("Time", "n", "Mean", "Median", "p90", "Target (median)", "");
        var (resolution, target) = (report.TimeToResolution, KpiReport.ResolutionTarget);
        AddTimes(times, "to resolution", resolution, target.ToString(), Met(resolution.MedianSeconds is { } median ? target.IsMetBy(median) : null));
        AddTimes(times, "to detect", report.TimeToDetect);
        AddTimes(times, "to decide", report.TimeToDecide);
        AddTimes(times, "to act", report.TimeToAct);
        AddTimes(times, "to verify", report.TimeToVerify);
        console.Write(times);
        console.MarkupLine(report.Escalations.Count == 0 ? "Nothing was left to a person." : "Left to a person:");
        foreach (var (reason, count) in report.Escalations.OrderByDescending(e => e.Value))
        {
            console.MarkupLine($"{count,6}  {Words.Snake(reason)!.Replace('_', ' ')}");
        }
    }

    private static void AddTimes(Table table, string name, Times times, string target = "", string met = "")
        => table.AddRow(name, $"{times.N}", Seconds(times.MeanSeconds), Seconds(times.MedianSeconds), Seconds(times.P90Seconds), target, met);

    private static string Seconds(double? seconds) => seconds is { } s ? Figure(s, "s") : "–";

    private static string Figure(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {unit}");

    private static string Met(bool? isMet) => isMet switch { true => "[green]met[/]", false => "[red]not met[/]", null => "[grey]nothing to judge by[/]" };
}
