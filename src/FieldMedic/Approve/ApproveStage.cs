using FieldMedic.Incidents;
using FieldMedic.Tracker;

namespace FieldMedic.Approve;

/// <summary>
/// Does a maintainer agree? Notes where the talk stood when the plan was on the issue, then looks for <c>/medic approve</c> behind
/// that from somebody with write access. Anything else leaves the incident parked.
/// </summary>
internal sealed class ApproveStage(IIssueTracker? tracker) : IStage
{
    public async Task<IncidentEvent?> RunAsync(Incident incident, CancellationToken cancellationToken)
    {
        if (tracker is null || incident.Issues.IsEmpty)
        {
            return null;
        }

        try
        {
            var issues = await Task.WhenAll(incident.Issues.Select(i => tracker.GetIssueAsync(i.Issue, cancellationToken))).ConfigureAwait(false);
            return incident.PlanShown.IsEmpty
                ? new IncidentEvent.PlanShown([.. issues.Select(i => new TalkMark(i.Ref, i.Comments.Select(c => c.Id).DefaultIfEmpty(0).Max()))])
                : await JudgeAsync(incident, issues, cancellationToken).ConfigureAwait(false);
        }
        catch (TrackerException)
        {
            // Who may approve, or whether anybody did, cannot be told now: nobody has.
            return null;
        }
    }

    private async Task<IncidentEvent?> JudgeAsync(Incident incident, Issue[] issues, CancellationToken cancellationToken)
    {
        foreach (var issue in issues)
        {
            // An issue that joined later carries no command for a plan it has never shown.
            if (incident.PlanShown.FirstOrDefault(m => m.Issue == issue.Ref) is not { } mark)
            {
                continue;
            }

            var news = issue.Comments.Where(c => c.Id > mark.LastComment && !incident.RefusedApprovals.Any(r => r.Issue == issue.Ref && r.CommentId == c.Id));
            if (news.FirstOrDefault(c => ApprovalCommand.IsIn(c, incident.Decision as Decision.AwaitApproval)) is { } command)
            {
                return await tracker!.RoleOfAsync(issue.Ref, command.Author, cancellationToken).ConfigureAwait(false) >= RepositoryRole.Write
                    ? new IncidentEvent.ApprovalGiven(command.Author, issue.Ref, command.Id)
                    : new IncidentEvent.ApprovalRefused(issue.Ref, command.Id, command.Author);
            }
        }

        return null;
    }
}
