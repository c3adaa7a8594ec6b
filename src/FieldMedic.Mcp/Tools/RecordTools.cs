using System.ComponentModel;
using FieldMedic.Hosting;
using FieldMedic.Incidents;
using FieldMedic.Kpis;
using FieldMedic.Mcp.Answers;
using FieldMedic.Mcp.Resources;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace FieldMedic.Mcp.Tools;

/// <summary>Tools that read the journal.</summary>
[McpServerToolType]
internal sealed class RecordTools(FieldMedicHost host, Answer answer, TimeProvider time)
{
    [McpServerTool(Name = "get_incident", Title = "What was done", ReadOnly = true, OpenWorld = false)]
    [Description("One incident from the journal: findings, actions, verdict, outcome, timeline, and the report as it stands on the issue.")]
    public async Task<CallToolResult> IncidentAsync(
        [Description("Its id, e.g. INC-20260115-120000-7f3a9c; the newest when left out.")] string? incident = null,
        CancellationToken cancellationToken = default)
    {
        var found = await IncidentChoice.FindAsync(host, incident, cancellationToken).ConfigureAwait(false);
        await host.LearnSecretsAsync(cancellationToken).ConfigureAwait(false);
        return answer.Of(
            new
            {
                incident = found.Id.Value,
                system = found.System,
                stage = found.Stage,
                outcome = found.Outcome,
                verdict = found.Verified?.Verdict,
                reason = Words.Of(found.Report?.Escalation),
                opened_at = found.OpenedAt,
                issues = found.Issues.Select(i => new { number = i.Issue.Number, closed = i.Closed, escalated = i.Escalated }).ToArray(),
                findings = found.Found.Select(RunAnswer.Finding).ToArray(),
                actions = found.Actions.Select(a => new { at = a.StartedAt, remedy = a.Action.Remedy, target = a.Action.Target, success = a.Succeeded, detail = a.Detail }).ToArray(),
                relapsed = found.Relapse is not null,
                timeline = found.Timeline.Select(m => new { stage = m.Stage, at = m.At }).ToArray(),
            },
            Reports.Of(host, found, time));
    }

    [McpServerTool(Name = "kpis", Title = "How well it works", ReadOnly = true, OpenWorld = false)]
    [Description("Counts over the journal: resolved without a person, proved repairs, closes that did not hold, escalations by reason, time to resolution. Each with numerator, denominator and n, because a percentage of few cases misleads.")]
    public async Task<CallToolResult> KpisAsync(
        [Description("Of the last so many days, 1 to 3650.")] int days = 30,
        CancellationToken cancellationToken = default)
    {
        var since = time.GetUtcNow() - TimeSpan.FromDays(Choices.Within("days", days, 1, 3650));
        return answer.Of(KpiReport.Of(await IncidentHistory.ReadAsync(host.Journal, host.Pack.System, since, cancellationToken).ConfigureAwait(false), since));
    }
}
