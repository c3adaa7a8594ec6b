using System.Globalization;
using System.Text;
using FieldMedic.Incidents;

namespace FieldMedic.Report;

/// <summary>The plan that waits for a person, why it waits, and how they let it run.</summary>
internal sealed class ApprovalLines(Redactor redactor)
{
    public void Write(StringBuilder text, Incident incident)
    {
        if (incident.Decision is not Decision.AwaitApproval waiting)
        {
            return;
        }

        if (incident.NeedsApproval)
        {
            text.AppendLine("Who reported this may not start a repair here, so nothing was done yet.").AppendLine();
        }

        if (waiting.Human is { } human)
        {
            var where = human.Issue == incident.Issues[0].Issue ? "this issue" : human.Issue.ToString();
            text.AppendLine(CultureInfo.InvariantCulture, $"`{redactor.Clean(human.By)}` did something on {where} at {human.At:HH:mm:ss} UTC and may be at work on it, so nothing is done without a word from a person. `/medic resume` says the same as `/medic approve` here.").AppendLine();
        }

        text.AppendLine("**Waiting for a maintainer's approval of this plan:**").AppendLine();
        foreach (var action in waiting.Plan.Actions)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- `{action.Remedy}` on {redactor.Clean(action.Target)} (risk {action.Risk})");
        }

        text.AppendLine().AppendLine("Somebody with write access to this repository approves it with a comment that says `/medic approve`. Exactly this plan runs then; another one would be shown first.").AppendLine();
        foreach (var refused in incident.RefusedApprovals)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- not approved: `{redactor.Clean(refused.By)}` has no write access here, so nothing was done");
        }

        if (!incident.RefusedApprovals.IsEmpty)
        {
            text.AppendLine();
        }
    }
}
