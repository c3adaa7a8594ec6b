using System.Text.Json;
using FieldMedic.Incidents;

namespace FieldMedic.Cli.Output;

/// <summary>Short wording for decisions and enums.</summary>
internal static class Words
{
    public static string Of(Decision decision) => decision switch
    {
        Decision.Fix fix => $"fix {fix.Plan.Finding} by {fix.Plan.Remedy} on {string.Join(", ", fix.Plan.Actions.Select(a => a.Target))}",
        Decision.AwaitApproval { Human: { } human } wait => $"wait, {human.By} is at work on {human.Issue}; ready is {wait.Plan.Remedy} on {string.Join(", ", wait.Plan.Actions.Select(a => a.Target))}",
        Decision.AwaitApproval wait => $"wait for approval of {wait.Plan.Remedy} on {string.Join(", ", wait.Plan.Actions.Select(a => a.Target))}",
        Decision.Escalate escalate => $"escalate ({escalate.Reason}): {escalate.Detail}",
        Decision.Reply => "answer with the numbers",
        Decision.Confirm => "verify what was done",
        Decision.Hold hold => $"stand back ({hold.Reason})",
        _ => decision.ToString() ?? "",
    };

    /// <summary>The kind of an event, as the journal names it.</summary>
    public static string Snake(IncidentEvent happened) => JsonNamingPolicy.SnakeCaseLower.ConvertName(happened.GetType().Name);

    public static string? Snake(Enum? value) => value is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
