using System.CommandLine;
using FieldMedic.Cli.Output;
using FieldMedic.Hosting;
using Spectre.Console;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic watch</c>: goes on with every unfinished incident.</summary>
internal static class WatchCommand
{
    public static Command Build()
    {
        var once = new Option<bool>("--once") { Description = "One look at each incident, then end (for cron)." };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command("watch", "Go on with unfinished incidents: post kept reports, watch closed ones for a relapse (which reopens the issue).") { once, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var isJson = parsed.GetValue(json);
            await using var host = await FieldMedicHost.OpenAsync(GlobalOptions.Settings(parsed), HostNeeds.Store | HostNeeds.Tracker, cancellationToken).ConfigureAwait(false);
            IFlowObserver observer = isJson ? new Silent() : new ProgressLines(Terminal.Out, TimeProvider.System, false);
            var results = await host.Medic.WatchAsync(parsed.GetValue(once), observer, cancellationToken).ConfigureAwait(false);
            if (isJson)
            {
                JsonOut.Write(new { incidents = results.Select(r => new { incident = r.Incident?.Id.Value, outcome = Words.Snake(r.Outcome), stage = Words.Snake(r.Incident?.Stage), relapsed = r.Incident?.Relapse is not null, message = r.Message }).ToArray() });
            }
            else
            {
                foreach (var result in results)
                {
                    Terminal.Out.MarkupLine($"{result.Incident?.Id.Value ?? "-"}: {Words.Snake(result.Incident?.Stage) ?? ""} {Terminal.Safe(result.Message)}");
                }

                Terminal.Out.MarkupLine(results.Count == 0 ? "Nothing is unfinished or watched." : $"{results.Count} looked at.");
            }

            return results.Any(r => r.Outcome == RunOutcome.Failed) ? ExitCodes.TryAgain : results.Any(r => r.Incident?.Relapse is not null) ? ExitCodes.Escalated : ExitCodes.Done;
        });
        return command;
    }
}
