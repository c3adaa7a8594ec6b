using System.Text.Json.Nodes;
using GitHubSimulator.State;

namespace GitHubSimulator.Shapes;

/// <summary>Comments.</summary>
internal static class CommentShape
{
    public static JsonObject Comment(this View view, Repository repository, Issue issue, Comment comment)
    {
        var repo = view.ApiOf(repository);
        var url = $"{repo}/issues/comments/{comment.Id}";
        return new JsonObject
        {
            ["url"] = url,
            ["html_url"] = $"{view.WebOf(repository)}/issues/{issue.Number}#issuecomment-{comment.Id}",
            ["issue_url"] = $"{repo}/issues/{issue.Number}",
            ["id"] = comment.Id,
            ["node_id"] = View.NodeId("IssueComment", comment.Id),
            ["user"] = view.User(comment.Author),
            ["created_at"] = View.Time(comment.CreatedAt),
            ["updated_at"] = View.Time(comment.UpdatedAt),
            ["body"] = comment.Body,
            ["author_association"] = view.Association(repository, comment.Author),
            ["reactions"] = ReactionShape.Rollup($"{url}/reactions", comment.Reactions),
            ["performed_via_github_app"] = null,
        };
    }
}
