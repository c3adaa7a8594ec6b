using FieldMedic.Incidents;
using FieldMedic.Tracker;
using Spectre.Console;

namespace FieldMedic.Cli.Output;

/// <summary>The result of a run, as the one JSON object or as the last lines on the terminal.</summary>
internal static class RunReport
{
    /// <summary>The JSON fields of docs/codes.md.</summary>
    public static object Json(RunResult result, Issue? issue, TimeSpan total)
    {
        var incident = result.Incident;
        return new
        {
            outcome = Words.Snake(result.Outcome),
            verdict = Words.Snake(incident?.Verified?.Verdict),
            reason = Words.Snake(incident?.Report?.Escalation ?? (result.Decision as Decision.Escalate)?.Reason ?? (Enum?)result.Hold),
            findings = incident?.Found.Select(f => f.Problem).ToArray() ?? [],
            findings_detail = Findings(incident?.Found ?? []),
            undecided = incident?.Undecided.ToArray() ?? [],
            actions = incident?.Actions.Select(a => new { remedy = a.Action.Remedy, target = a.Action.Target, success = a.Succeeded, detail = a.Detail }).ToArray() ?? [],
            plan = Plan(result)?.Actions.Select(a => new { remedy = a.Remedy, target = a.Target, kind = a.Kind, service = a.Service, risk = a.Risk }).ToArray(),
            before_after = incident?.Verified?.Rows.Select(r => new { observation = r.Observation, before = r.Before, after = r.After }).ToArray() ?? [],
            issue = issue is null ? null : new { number = issue.Ref.Number, state = issue.IsOpen ? "open" : "closed", labels = issue.Labels, url = issue.Url },
            seconds = Seconds(incident, total),
            incident = incident?.Id.Value,
            message = result.Message,
            error = result.Outcome == RunOutcome.Failed ? result.Message : null,
        };
    }

    /// <summary>Findings with the catalogue entry each is a variant of.</summary>
    public static object[] Findings(IEnumerable<Finding> findings)
        => [.. findings.Select(f => new { problem = f.Problem, kind = f.CatalogueKind, service = f.Service, title = f.Title, evidence = f.Evidence })];

    /// <summary>The last lines on the terminal.</summary>
    public static void Write(IAnsiConsole console, RunResult result, Issue? issue, TimeSpan total)
    {
        if (Plan(result) is { } plan)
        {
            console.MarkupLine(result.Outcome == RunOutcome.DryRun ? "[blue]Plan[/] (nothing was changed):" : "[blue]Plan[/] (waits for approval):");
            foreach (var action in plan.Actions)
            {
                console.MarkupLine($"  {Terminal.Safe(action.Remedy)} ({Terminal.Safe(action.Kind)}) on {Terminal.Safe(action.Target)}, risk {Terminal.Safe(action.Risk)}");
            }
        }
        else if (result is { Outcome: RunOutcome.DryRun, Decision: { } decision })
        {
            console.MarkupLine($"[blue]Decision[/] (nothing was changed): {Terminal.Safe(Words.Of(decision))}");
        }

        Table(console, result.Incident);
        var colour = result.Outcome switch
        {
            RunOutcome.Closed or RunOutcome.Answered => "green",
            RunOutcome.Failed => "red",
            RunOutcome.DryRun => "blue",
            _ => "yellow",
        };
        console.MarkupLine($"[{colour}]{Words.Snake(result.Outcome)}[/] in {Terminal.Seconds(total)}: {Terminal.Safe(result.Message)}");
        if (issue is not null)
        {
            console.MarkupLine($"Issue #{issue.Ref.Number} is {(issue.IsOpen ? "open" : "closed")} [grey]{Terminal.Safe(string.Join(", ", issue.Labels))}[/] {Terminal.Safe(issue.Url.ToString())}");
        }
    }

    private static Plan? Plan(RunResult result) => result switch
    {
        { Outcome: RunOutcome.DryRun, Decision: Decision.Fix fix } => fix.Plan,
        { Decision: Decision.AwaitApproval wait } => wait.Plan,
        _ => null,
    };

    private static void Table(IAnsiConsole console, Incident? incident)
    {
        if (incident?.Verified?.Rows is not { Count: > 0 } rows)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("Measured", "Before", "After");
        foreach (var row in rows)
        {
            table.AddRow(Terminal.Safe(row.Observation), Terminal.Safe(row.Before.ToString()), Terminal.Safe(row.After.ToString()));
        }

        console.Write(table);
    }

    private static Dictionary<string, double> Seconds(Incident? incident, TimeSpan total)
    {
        var seconds = new Dictionary<string, double> { ["total"] = Round(total), ["window"] = Round(incident?.Stabilized?.Window ?? TimeSpan.Zero) };
        if (incident is null)
        {
            return seconds;
        }

        var marks = incident.Timeline;
        for (var i = 0; i < marks.Length; i++)
        {
            var end = i + 1 < marks.Length ? marks[i + 1].At : incident.LastAt;
            var name = Words.Snake(marks[i].Stage)!;
            seconds[name] = Math.Round(seconds.GetValueOrDefault(name) + (end - marks[i].At).TotalSeconds, 3);
        }

        return seconds;
    }

    private static double Round(TimeSpan span) => Math.Round(span.TotalSeconds, 3);
}
