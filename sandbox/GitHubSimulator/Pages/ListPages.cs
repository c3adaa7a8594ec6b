using System.Text;
using GitHubSimulator.State;

namespace GitHubSimulator.Pages;

/// <summary>The list of repositories and the list of issues.</summary>
internal static class ListPages
{
    public static string Repositories(IReadOnlyList<Repository> repositories)
    {
        var html = new StringBuilder("<h1>Repositories</h1>");
        if (repositories.Count == 0)
        {
            html.Append("<p class=\"quiet\">None yet. They spring up on first use.</p>");
        }

        html.Append("<ul class=\"rows\">");
        foreach (var repository in repositories)
        {
            html.Append($"<li><a href=\"/{Layout.Text(repository.FullName)}/issues\">{Layout.Text(repository.FullName)}</a> ")
                .Append($"<span class=\"quiet\">{Count(repository, IssueStates.Open)} open</span></li>");
        }

        return Layout.Page("Repositories", html.Append("</ul>").ToString());
    }

    public static string Issues(Repository repository, string state)
    {
        var path = $"/{Layout.Text(repository.FullName)}/issues";
        var html = new StringBuilder($"<h1>{Layout.Text(repository.FullName)}</h1><nav>");
        foreach (var tab in (string[])[IssueStates.Open, IssueStates.Closed])
        {
            var current = tab == state ? " aria-current=\"page\"" : string.Empty;
            html.Append($"<a href=\"{path}?state={tab}\"{current}>{Count(repository, tab)} {tab}</a> ");
        }

        html.Append("</nav><ul class=\"rows\">");
        foreach (var issue in repository.Issues.Values.Reverse().Where(issue => issue.State == state))
        {
            html.Append($"<li>{Layout.State(issue.State)} <a href=\"{path}/{issue.Number}\">{Layout.Text(issue.Title)}</a> ")
                .AppendJoin(' ', repository.LabelsOf(issue).Select(label => Layout.Label(label.Name)))
                .Append($"<div class=\"quiet\">#{issue.Number} opened {Layout.Time(issue.CreatedAt)} by {Layout.Text(issue.Author)}")
                .Append($", {issue.Comments.Count} comments</div></li>");
        }

        return Layout.Page($"Issues of {repository.FullName}", html.Append("</ul>").ToString());
    }

    private static int Count(Repository repository, string state) => repository.Issues.Values.Count(issue => issue.State == state);
}
