using System.CommandLine;
using System.Globalization;
using FieldMedic.Cli.Output;
using FieldMedic.Hosting;
using FieldMedic.Journal;
using FieldMedic.Packs;
using FieldMedic.Platform.Guards;
using Spectre.Console;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic prevention</c>: what watches the system and keeps it up, and what is missing.</summary>
internal static class PreventionCommand
{
    private const int Shown = 5;
    private static readonly TimeSpan Lookback = TimeSpan.FromDays(30);

    public static Command Build()
    {
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command(
            "prevention",
            """
            Show what watches the system (FieldMedic itself, cron, restart policies, health checks), the last interventions, and what is missing. Changes nothing.

            Exit codes: 0 nothing is missing, 1 something is, 3 the system cannot be observed.
            """)
        {
            json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var isJson = parsed.GetValue(json);
            await using var host = await FieldMedicHost.OpenAsync(GlobalOptions.Settings(parsed), HostNeeds.StoreIfThere, cancellationToken).ConfigureAwait(false);
            GuardSurvey survey;
            try
            {
                survey = await Terminal.WhileAsync("looking", isJson, host.Guards.ReadAsync(cancellationToken)).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                Terminal.Error($"The system cannot be observed: {e.Message}");
                return ExitCodes.CannotObserve;
            }

            var actions = await host.Journal.ActionsAsync(host.Pack.System, TimeProvider.System.GetUtcNow() - Lookback, cancellationToken).ConfigureAwait(false);
            var missing = Missing(host.Pack, survey).ToList();
            if (isJson)
            {
                JsonOut.Write(Json(survey, actions, missing));
            }
            else
            {
                Write(survey, actions, missing);
            }

            return missing.Count == 0 ? ExitCodes.Done : ExitCodes.Findings;
        });
        return command;
    }

    /// <summary>What is missing, each with the next step.</summary>
    private static IEnumerable<(string What, string NextStep)> Missing(Pack pack, GuardSurvey survey)
    {
        if (survey is { IsLocal: true, Sentinels.Count: 0 })
        {
            yield return ("Nobody watches: FieldMedic is not set to run on this machine.", "Run 'fieldmedic watch' as a service or by cron (docs/running.md).");
        }

        if (Named(s => s.RestartPolicy == "no") is { Length: > 0 } unguarded)
        {
            yield return ($"No restart policy: {unguarded}.", "Set 'restart: unless-stopped' in the compose file.");
        }

        if (Named(s => !s.HasHealthCheck) is { Length: > 0 } unchecked_)
        {
            yield return ($"No health check: {unchecked_}.", "Add a 'healthcheck' that does what a client does.");
        }

        if (Named(s => !s.HasLogLimit) is { Length: > 0 } unlimited)
        {
            yield return ($"Logs grow without limit: {unlimited}.", "Set max-size and max-file for their logging driver.");
        }

        if (survey.CronJobs.Count == 0)
        {
            yield return ("Nothing runs by the clock.", "Add the clean-up jobs that the application expects.");
        }

        if (pack.Contacts.Values.All(c => c.Count == 0))
        {
            yield return ("Nobody is named whom an escalation could mention.", "Name contacts for the pack (docs/packs.md).");
        }

        string Named(Func<ServiceGuard, bool> isBare) => string.Join(", ", survey.Services.Where(isBare).Select(s => s.Service));
    }

    private static object Json(GuardSurvey survey, IReadOnlyList<ActionLogRow> actions, IReadOnlyList<(string What, string NextStep)> missing) => new
    {
        sentinels = survey.Sentinels,
        services = survey.Services.Select(s => new { service = s.Service, containers = s.Containers, restart_policy = s.RestartPolicy, health_check = s.HasHealthCheck, log_limit = s.HasLogLimit, memory_limit = s.HasMemoryLimit }).ToArray(),
        cron = survey.CronJobs.Select(j => new { where = j.Where, name = j.Name, schedule = j.Schedule, command = j.Command }).ToArray(),
        interventions = actions.OrderByDescending(a => a.At).Take(Shown).Select(a => new { at = a.At, incident = a.Incident.Value, remedy = a.Remedy, target = a.Target, success = a.Succeeded }).ToArray(),
        interventions_30d = actions.Count,
        missing = missing.Select(m => new { what = m.What, next_step = m.NextStep }).ToArray(),
    };

    private static void Write(GuardSurvey survey, IReadOnlyList<ActionLogRow> actions, IReadOnlyList<(string What, string NextStep)> missing)
    {
        var console = Terminal.Out;
        var table = new Table().Border(TableBorder.Minimal).AddColumns("Service", "Restarts by itself", "Health check", "Log limit", "Memory limit");
        foreach (var service in survey.Services)
        {
            table.AddRow(Terminal.Safe(service.Service), service.RestartPolicy == "no" ? "[red]no[/]" : Terminal.Safe(service.RestartPolicy), Mark(service.HasHealthCheck), Mark(service.HasLogLimit), service.HasMemoryLimit ? "[green]yes[/]" : "[grey]no[/]");
        }

        console.Write(table);
        console.MarkupLine($"[bold]FieldMedic watches by[/]  {(survey.Sentinels.Count == 0 ? survey.IsLocal ? "[red]nothing[/]" : "[grey]not visible from here[/]" : Terminal.Safe(string.Join("; ", survey.Sentinels)))}");
        foreach (var job in survey.CronJobs)
        {
            console.MarkupLine($"[bold]by the clock[/]           {Terminal.Safe($"{job.Where}: {job.Name} {job.Schedule}")} [grey]{Terminal.Safe(job.Command)}[/]");
        }

        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[bold]interventions[/]          {actions.Count} in 30 days"));
        foreach (var action in actions.OrderByDescending(a => a.At).Take(Shown))
        {
            console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"  {action.At:yyyy-MM-dd HH:mm} UTC  {Terminal.Safe(action.Remedy)} {Terminal.Safe(action.Target)} {action.Succeeded switch { true => "[green]done[/]", false => "[red]failed[/]", _ => "[yellow]unknown[/]" }} [grey]{Terminal.Safe(action.Incident.Value)}[/]"));
        }

        foreach (var (what, next) in missing)
        {
            console.MarkupLine($"[yellow]missing[/]  {Terminal.Safe(what)} [grey]{Terminal.Safe(next)}[/]");
        }
    }

    private static string Mark(bool isThere) => isThere ? "[green]yes[/]" : "[yellow]no[/]";
}
