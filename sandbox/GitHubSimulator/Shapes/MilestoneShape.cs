using System.Text.Json.Nodes;
using GitHubSimulator.State;

namespace GitHubSimulator.Shapes;

/// <summary>Milestones.</summary>
internal static class MilestoneShape
{
    public static JsonObject Milestone(this View view, Repository repository, Milestone milestone)
    {
        var url = $"{view.ApiOf(repository)}/milestones/{milestone.Number}";
        var issues = repository.Issues.Values.Where(issue => issue.Milestone == milestone.Number).ToList();
        return new JsonObject
        {
            ["url"] = url,
            ["html_url"] = $"{view.WebOf(repository)}/milestone/{milestone.Number}",
            ["labels_url"] = $"{url}/labels",
            ["id"] = milestone.Id,
            ["node_id"] = View.NodeId("Milestone", milestone.Id),
            ["number"] = milestone.Number,
            ["title"] = milestone.Title,
            ["description"] = milestone.Description,
            ["creator"] = view.User(milestone.Creator),
            ["open_issues"] = issues.Count(issue => issue.State == IssueStates.Open),
            ["closed_issues"] = issues.Count(issue => issue.State == IssueStates.Closed),
            ["state"] = "open",
            ["created_at"] = View.Time(milestone.CreatedAt),
            ["updated_at"] = View.Time(milestone.CreatedAt),
            ["due_on"] = null,
            ["closed_at"] = null,
        };
    }
}
