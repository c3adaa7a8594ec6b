using System.Collections.Immutable;
using System.Text;
using GitHubSimulator.State;

namespace GitHubSimulator.Pages;

/// <summary>One issue with its comments and what happened to it, in order.</summary>
internal static class IssuePage
{
    public static string Render(Repository repository, Issue issue)
    {
        var html = new StringBuilder()
            .Append($"<p><a href=\"/{Layout.Text(repository.FullName)}/issues\">{Layout.Text(repository.FullName)}</a></p>")
            .Append($"<h1>{Layout.Text(issue.Title)} <span class=\"quiet\">#{issue.Number}</span></h1>")
            .Append($"<p>{Layout.State(issue.State)} ");
        if (issue.State == IssueStates.Closed)
        {
            html.Append($"<span class=\"quiet\">as {Layout.Text(issue.StateReason)}</span> ");
        }

        html.AppendJoin(' ', repository.LabelsOf(issue).Select(label => Layout.Label(label.Name))).Append("</p>");
        if (issue.Assignees.Count > 0)
        {
            html.Append($"<p class=\"quiet\">Assigned to {Layout.Text(string.Join(", ", issue.Assignees))}</p>");
        }

        html.Append(Post(issue.Author, issue.CreatedAt, issue.CreatedAt, issue.Body, issue.Reactions, "issue"));
        var comments = issue.Comments.Select(comment => (comment.Id, Html: Post(
            comment.Author, comment.CreatedAt, comment.UpdatedAt, comment.Body, comment.Reactions, $"issuecomment-{comment.Id}")));
        var events = issue.Events.Select(entry => (entry.Id, Html: Event(entry)));
        foreach (var (_, entry) in comments.Concat(events).OrderBy(entry => entry.Id))
        {
            html.Append(entry);
        }

        return Layout.Page($"{issue.Title} · Issue #{issue.Number} · {repository.FullName}", html.ToString());
    }

    private static string Post(
        string author, DateTimeOffset created, DateTimeOffset updated, string? body, ImmutableList<Reaction> reactions, string id)
    {
        var edited = updated > created ? $" <span class=\"quiet\">edited {Layout.Time(updated)}</span>" : string.Empty;
        var reacted = reactions.Count == 0
            ? string.Empty
            : $"<footer>{Layout.Text(string.Join(" ", reactions.GroupBy(one => one.Content).Select(group => $":{group.Key}: {group.Count()}")))}</footer>";
        return $"""
            <article id="{id}">
              <h2><strong>{Layout.Text(author)}</strong> wrote {Layout.Time(created)}{edited}</h2>
              <div class="prose">{Prose.ToHtml(body)}</div>{reacted}
            </article>
            """;
    }

    private static string Event(IssueEvent entry)
    {
        var what = entry.Kind switch
        {
            "labeled" => $"added {Layout.Label(entry.Label)}",
            "unlabeled" => $"removed {Layout.Label(entry.Label)}",
            "closed" => $"closed this as {Layout.Text(entry.StateReason)}",
            "reopened" => "reopened this",
            "assigned" => $"assigned {Layout.Text(entry.Assignee)}",
            "unassigned" => $"unassigned {Layout.Text(entry.Assignee)}",
            "renamed" => $"changed the title from <del>{Layout.Text(entry.RenamedFrom)}</del> to <ins>{Layout.Text(entry.RenamedTo)}</ins>",
            "milestoned" => $"added this to the milestone {Layout.Text(entry.Milestone)}",
            "demilestoned" => $"removed this from the milestone {Layout.Text(entry.Milestone)}",
            var other => Layout.Text(other),
        };
        return $"<p class=\"event\"><strong>{Layout.Text(entry.Actor)}</strong> {what} {Layout.Time(entry.CreatedAt)}</p>";
    }
}
