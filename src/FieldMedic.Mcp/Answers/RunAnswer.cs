using FieldMedic.Incidents;

namespace FieldMedic.Mcp.Answers;

/// <summary>The result of a run, with the field names that <c>--json</c> has (docs/codes.md).</summary>
internal static class RunAnswer
{
    public static object Of(RunResult result)
    {
        var incident = result.Incident;
        return new
        {
            outcome = result.Outcome,
            verdict = incident?.Verified?.Verdict,
            reason = Reason(result),
            message = result.Message,
            findings = incident?.Found.Select(Finding).ToArray() ?? [],
            actions = incident?.Actions.Select(a => new { remedy = a.Action.Remedy, target = a.Action.Target, success = a.Succeeded, detail = a.Detail }).ToArray() ?? [],
            before_after = incident?.Verified?.Rows.Select(r => new { observation = r.Observation, before = r.Before, after = r.After }).ToArray() ?? [],
            proof = incident?.Proof is { } proof ? new { quiet_since = proof.QuietSince, measured_at = proof.MeasuredAt, samples = proof.Samples } : null,
            incident = result.Outcome == RunOutcome.DryRun ? null : incident?.Id.Value,
        };
    }

    public static string? Reason(RunResult result) => Words.Of(result.Incident?.Report?.Escalation ?? (result.Decision as Decision.Escalate)?.Reason ?? (Enum?)result.Hold);

    public static object Finding(Finding finding)
        => new { problem = finding.Problem, kind = finding.CatalogueKind, service = finding.Service, title = finding.Title, evidence = finding.Evidence };

    public static object[] Actions(Plan plan)
        => [.. plan.Actions.Select(a => new { remedy = a.Remedy, kind = a.Kind, service = a.Service, target = a.Target, risk = a.Risk, budget_seconds = a.Budget.TotalSeconds })];
}
