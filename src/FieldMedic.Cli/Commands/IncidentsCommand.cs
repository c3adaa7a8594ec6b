using System.CommandLine;
using FieldMedic.Cli.Output;
using FieldMedic.Hosting;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using Spectre.Console;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic incidents [show ID]</c>: the list, and one incident with its action log.</summary>
internal static class IncidentsCommand
{
    private const string Time = "yyyy-MM-dd HH:mm:ss";

    public static Command Build()
    {
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output.", Recursive = true };
        var all = new Option<bool>("--all-systems") { Description = "Not only the pack's system." };
        var command = new Command("incidents", "What was done: every incident, newest first. 'incidents show ID' gives one with its action log.") { json, all };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var host = await FieldMedicHost.OpenAsync(GlobalOptions.Settings(parsed), HostNeeds.StoreIfThere, cancellationToken).ConfigureAwait(false);
            var headers = await host.Journal.ListAsync(parsed.GetValue(all) ? null : host.Pack.System, null, 200, cancellationToken).ConfigureAwait(false);
            var incidents = new List<Incident>();
            foreach (var header in headers)
            {
                incidents.Add((await host.Medic.GetIncidentAsync(header.Id, cancellationToken).ConfigureAwait(false))!);
            }

            if (parsed.GetValue(json))
            {
                JsonOut.Write(new { incidents = incidents.Select(Brief).ToArray() });
            }
            else
            {
                WriteList(Terminal.Out, incidents);
            }

            return ExitCodes.Done;
        });
        command.Add(Show(json));
        return command;
    }

    private static Command Show(Option<bool> json)
    {
        var id = new Argument<string>("ID") { Description = "E.g. INC-20260115-120000-7f3a9c." };
        var show = new Command("show", "One incident: timeline, findings, action log (time, action, target, success or failure, details).") { id };
        show.SetAction(async (parsed, cancellationToken) =>
        {
            await using var host = await FieldMedicHost.OpenAsync(GlobalOptions.Settings(parsed), HostNeeds.StoreIfThere, cancellationToken).ConfigureAwait(false);
            var incident = await host.Medic.GetIncidentAsync(new IncidentId(parsed.GetValue(id)!), cancellationToken).ConfigureAwait(false)
                ?? throw new ConfigurationException($"There is no incident '{Terminal.Plain(parsed.GetValue(id)!)}' in {host.Settings.Store}. 'fieldmedic incidents' lists them.");
            var entries = await host.Journal.ReadAsync(incident.Id, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                JsonOut.Write(new
                {
                    incident = Brief(incident),
                    findings = incident.Found.ToArray(),
                    actions = incident.Actions.Select(a => new { at = a.StartedAt, remedy = a.Action.Remedy, kind = a.Action.Kind, target = a.Action.Target, success = a.Succeeded, details = a.Detail }).ToArray(),
                    timeline = entries.Select(e => new { sequence = e.Sequence, at = e.At, happened = Words.Snake(e.Event) }).ToArray(),
                });
            }
            else
            {
                WriteOne(Terminal.Out, incident, entries);
            }

            return ExitCodes.Done;
        });
        return show;
    }

    private static object Brief(Incident incident) => new
    {
        id = incident.Id.Value,
        system = incident.System,
        stage = Words.Snake(incident.Stage),
        outcome = Words.Snake(incident.Outcome),
        verdict = Words.Snake(incident.Verified?.Verdict),
        reason = Words.Snake(incident.Report?.Escalation),
        opened_at = incident.OpenedAt,
        issues = incident.Issues.Select(i => i.Issue.Number).ToArray(),
        findings = incident.Found.Select(f => f.Key).ToArray(),
        actions = incident.Actions.Length,
    };

    private static void WriteList(IAnsiConsole console, List<Incident> incidents)
    {
        if (incidents.Count == 0)
        {
            console.MarkupLine("No incidents yet.");
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("Opened (UTC)", "Incident", "Issues", "Findings", "Actions", "Outcome");
        foreach (var i in incidents)
        {
            var outcome = Words.Snake(i.Outcome) ?? $"unfinished, in {Words.Snake(i.Stage)}";
            table.AddRow(i.OpenedAt.ToString(Time, null), i.Id.Value, string.Join(' ', i.Issues.Select(x => $"#{x.Issue.Number}")), Terminal.Safe(string.Join(", ", i.Found.Select(f => f.Key))), $"{i.Actions.Length}", Terminal.Safe(outcome));
        }

        console.Write(table);
    }

    private static void WriteOne(IAnsiConsole console, Incident incident, IReadOnlyList<JournalEntry> entries)
    {
        console.MarkupLine($"[bold]{incident.Id}[/] on {Terminal.Safe(incident.System)}, {Words.Snake(incident.Outcome) ?? "unfinished"} ({Words.Snake(incident.Stage)})");
        foreach (var finding in incident.Found)
        {
            console.MarkupLine($"  {Terminal.Safe(finding.Key)}: {Terminal.Safe(finding.Title)} [grey]{Terminal.Safe(string.Join("; ", finding.Evidence))}[/]");
        }

        var log = new Table().Border(TableBorder.Minimal).AddColumns("Time (UTC)", "Action", "Target", "Result", "Details");
        foreach (var a in incident.Actions)
        {
            log.AddRow(a.StartedAt.ToString(Time, null), Terminal.Safe(a.Action.Remedy), Terminal.Safe(a.Action.Target), a.Succeeded switch { true => "[green]success[/]", false => "[red]failure[/]", null => "[yellow]unknown[/]" }, Terminal.Safe(a.Detail));
        }

        console.Write(log);
        foreach (var entry in entries)
        {
            console.MarkupLine($"[grey]{entry.At.ToString(Time, null)}[/]  {entry.Sequence,3}  {Words.Snake(entry.Event)}");
        }
    }
}
