using System.Text.Json.Nodes;
using GitHubSimulator.State;

namespace GitHubSimulator.Shapes;

/// <summary>Issues.</summary>
internal static class IssueShape
{
    public static JsonObject Issue(this View view, Repository repository, Issue issue)
    {
        var repo = view.ApiOf(repository);
        var url = $"{repo}/issues/{issue.Number}";
        var milestone = repository.MilestoneOf(issue);
        var json = new JsonObject
        {
            ["url"] = url,
            ["repository_url"] = repo,
            ["labels_url"] = url + "/labels{/name}",
            ["comments_url"] = $"{url}/comments",
            ["events_url"] = $"{url}/events",
            ["html_url"] = $"{view.WebOf(repository)}/issues/{issue.Number}",
            ["id"] = issue.Id,
            ["node_id"] = View.NodeId("Issue", issue.Id),
            ["number"] = issue.Number,
            ["title"] = issue.Title,
            ["user"] = view.User(issue.Author),
            ["labels"] = new JsonArray([.. repository.LabelsOf(issue).Select(label => view.Label(repository, label))]),
            ["state"] = issue.State,
            ["locked"] = false,
            ["assignees"] = new JsonArray([.. issue.Assignees.Select(view.User)]),
            ["milestone"] = milestone is null ? null : view.Milestone(repository, milestone),
            ["comments"] = issue.Comments.Count,
            ["created_at"] = View.Time(issue.CreatedAt),
            ["updated_at"] = View.Time(issue.UpdatedAt),
            ["closed_at"] = View.Time(issue.ClosedAt),
            ["author_association"] = view.Association(repository, issue.Author),
            ["active_lock_reason"] = null,
            ["sub_issues_summary"] = new JsonObject { ["total"] = 0, ["completed"] = 0, ["percent_completed"] = 0 },
            ["issue_dependencies_summary"] = new JsonObject
            {
                ["blocked_by"] = 0,
                ["total_blocked_by"] = 0,
                ["blocking"] = 0,
                ["total_blocking"] = 0,
            },
            ["body"] = issue.Body,
            ["closed_by"] = view.UserOrNull(issue.ClosedBy),
            ["reactions"] = ReactionShape.Rollup($"{url}/reactions", issue.Reactions),
            ["timeline_url"] = $"{url}/timeline",
            ["performed_via_github_app"] = null,
            ["state_reason"] = issue.StateReason,
        };
        if (!view.IsNewer)
        {
            json["assignee"] = issue.Assignees.IsEmpty ? null : view.User(issue.Assignees[0]);
        }

        return json;
    }
}
