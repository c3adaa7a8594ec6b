using System.Text.Json.Nodes;
using GitHubSimulator.State;

namespace GitHubSimulator.Shapes;

/// <summary>Events of an issue, and the timeline, which has the comments among them.</summary>
internal static class EventShape
{
    public static JsonObject Event(this View view, Repository repository, IssueEvent entry)
    {
        var json = new JsonObject
        {
            ["id"] = entry.Id,
            ["node_id"] = View.NodeId("IssueEvent", entry.Id),
            ["url"] = $"{view.ApiOf(repository)}/issues/events/{entry.Id}",
            ["actor"] = view.User(entry.Actor),
            ["event"] = entry.Kind,
            ["commit_id"] = null,
            ["commit_url"] = null,
            ["created_at"] = View.Time(entry.CreatedAt),
            ["performed_via_github_app"] = null,
        };
        switch (entry.Kind)
        {
            case "labeled" or "unlabeled":
                json["label"] = new JsonObject { ["name"] = entry.Label, ["color"] = entry.LabelColor };
                break;
            case "closed" or "reopened":
                json["state_reason"] = entry.StateReason;
                break;
            case "assigned" or "unassigned":
                json["assignee"] = view.UserOrNull(entry.Assignee);
                json["assigner"] = view.User(entry.Actor);
                break;
            case "milestoned" or "demilestoned":
                json["milestone"] = new JsonObject { ["title"] = entry.Milestone };
                break;
            case "renamed":
                json["rename"] = new JsonObject { ["from"] = entry.RenamedFrom, ["to"] = entry.RenamedTo };
                break;
            default:
                break;
        }

        return json;
    }

    public static JsonObject EventWithIssue(this View view, Repository repository, Issue issue, IssueEvent entry)
    {
        var json = view.Event(repository, entry);
        json["issue"] = view.Issue(repository, issue);
        return json;
    }

    public static IEnumerable<JsonObject> Timeline(this View view, Repository repository, Issue issue)
    {
        var events = issue.Events.Select(entry => (entry.Id, Json: view.Event(repository, entry)));
        var comments = issue.Comments.Select(comment => (comment.Id, Json: Commented(view, repository, issue, comment)));
        // Ids are given in the order of things; times are whole seconds and would not tell.
        return events.Concat(comments).OrderBy(entry => entry.Id).Select(entry => entry.Json);
    }

    private static JsonObject Commented(View view, Repository repository, Issue issue, Comment comment)
    {
        var json = view.Comment(repository, issue, comment);
        json["actor"] = view.User(comment.Author);
        json["event"] = "commented";
        return json;
    }
}
