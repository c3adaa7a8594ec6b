using FieldMedic.Packs;
using FieldMedic.Tracker;

namespace FieldMedic.Intake;

/// <summary>
/// May this report start a repair? By the role the tracker tells, never by a name, a badge or what the text says. A tracker that cannot be
/// asked fails the run: not knowing is no permission.
/// </summary>
internal sealed class TriggerCheck(Pack pack, IIssueTracker tracker)
{
    public async Task<Standing> OfAsync(Issue issue, RunOptions options, CancellationToken cancellationToken)
    {
        if (options.OrderedBy is not null || options.ApprovedBy is not null || await IsTrustedAsync(issue, cancellationToken).ConfigureAwait(false))
        {
            return Standing.Repair;
        }

        return pack.Policy.Untrusted == UntrustedRule.Diagnose ? Standing.Diagnosis : Standing.Nothing;
    }

    private async Task<bool> IsTrustedAsync(Issue issue, CancellationToken cancellationToken)
    {
        var by = pack.Policy.Trigger switch
        {
            TriggerRule.Triage => issue.Author,
            // A form or a template puts labels on in the reporter's name, so who did it is asked and not only whether it is there.
            TriggerRule.Label => LabelledBy(issue, pack.Policy.TriggerLabel),
            _ => null,
        };
        return pack.Policy.Trigger == TriggerRule.Anyone
            || (by is not null && await tracker.RoleOfAsync(issue.Ref, by, cancellationToken).ConfigureAwait(false) >= RepositoryRole.Triage);
    }

    private static string? LabelledBy(Issue issue, string label)
        => issue.Labels.Contains(label, StringComparer.OrdinalIgnoreCase)
            ? issue.LabelledBy.FirstOrDefault(l => string.Equals(l.Key, label, StringComparison.OrdinalIgnoreCase)).Value
            : null;
}
