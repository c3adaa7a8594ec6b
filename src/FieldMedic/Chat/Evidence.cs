using System.Globalization;
using FieldMedic.Incidents;

namespace FieldMedic.Chat;

/// <summary>What a decision rests on, line by line, from typed fields: what was read, measured, found, decided, done and proved.</summary>
internal static class Evidence
{
    public static IReadOnlyList<string> Of(Incident incident, IssueRef issue)
    {
        var lines = new List<string> { $"incident {incident.Id}" };
        var complaint = incident.Issues.FirstOrDefault(i => i.Issue == issue)?.Complaint;
        lines.Add(complaint is { Kinds: [_, ..] kinds } ? $"read: the report was understood as {string.Join(", ", kinds)}" : "read: the report fits nothing the pack knows");
        if (incident.NeedsApproval)
        {
            lines.Add("trusted: no; who reported this may not start a repair, so every plan waits for a maintainer");
        }

        if (incident.Latest is { } sweep)
        {
            var unknown = sweep.Observations.Count(o => o.Value.IsUnknown);
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"measured: at {sweep.At:HH:mm:ss} UTC, {sweep.Observations.Count} values, {unknown} of them unknown"));
        }

        lines.AddRange(incident.Found.Select(f => $"found: {Line(f)}"));
        lines.AddRange(incident.Undecided.Select(u => $"undecided: {u}"));
        if (incident.Decision is { } decision)
        {
            lines.AddRange(Of(decision));
        }

        lines.AddRange(incident.Actions.Select(a => $"done: {a.Action.Remedy} on {a.Action.Target}: {(a.Succeeded switch { true => "worked", false => "failed", null => "outcome unknown" })}"));
        if (incident.Verified is { } verified)
        {
            lines.Add($"verified: {verified.Verdict}{(verified.Reason.Length > 0 ? $", {verified.Reason}" : "")}");
        }

        if (incident.Proof is { } proof)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"proved: {proof.Samples} sweeps were good from {proof.QuietSince:HH:mm:ss} to {proof.MeasuredAt:HH:mm:ss} UTC"));
        }

        if (incident.Report is { Escalation: { } reason })
        {
            lines.Add($"escalated: {reason}");
        }

        return lines;
    }

    public static IReadOnlyList<string> Of(Decision decision) => decision switch
    {
        Decision.Fix fix => Of("decided: do", fix.Plan),
        Decision.AwaitApproval { Human: { } human } waiting => [string.Create(CultureInfo.InvariantCulture, $"decided: wait, {human.By} was at work on {human.Issue} at {human.At:HH:mm:ss} UTC"), .. Of("ready: do", waiting.Plan)],
        Decision.AwaitApproval waiting => Of("decided: wait for approval of", waiting.Plan),
        Decision.Escalate escalate => [$"decided: a person is needed, {escalate.Reason}{(escalate.Detail.Length > 0 ? $": {escalate.Detail}" : "")}"],
        Decision.Hold => ["decided: stand back, a person has it on hold"],
        Decision.Confirm => ["decided: something was done and nothing is wrong now, so verify"],
        _ => ["decided: nothing is wrong, so answer with numbers"],
    };

    public static string Line(Finding finding) => $"{finding.Key}: {finding.Title} ({string.Join("; ", finding.Evidence)})";

    private static List<string> Of(string what, Plan plan) =>
    [
        .. plan.Actions.Select(a => $"{what} {a.Remedy} on {a.Target} (risk {a.Risk}) against {plan.Finding}"),
        .. plan.Skipped.Select(s => $"passed over: {s}"),
    ];
}
