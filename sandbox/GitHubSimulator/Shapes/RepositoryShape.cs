using System.Text.Json.Nodes;
using GitHubSimulator.State;

namespace GitHubSimulator.Shapes;

/// <summary>Repositories.</summary>
internal static class RepositoryShape
{
    private static readonly string[] PlainLinks =
    [
        "contributors", "deployments", "downloads", "events", "forks", "languages", "merges", "stargazers", "subscribers",
        "subscription", "tags", "teams", "hooks",
    ];

    private static readonly (string Name, string Tail)[] TemplateLinks =
    [
        ("archive_url", "/{archive_format}{/ref}"), ("assignees_url", "/assignees{/user}"), ("blobs_url", "/git/blobs{/sha}"),
        ("branches_url", "/branches{/branch}"), ("collaborators_url", "/collaborators{/collaborator}"),
        ("comments_url", "/comments{/number}"), ("commits_url", "/commits{/sha}"), ("compare_url", "/compare/{base}...{head}"),
        ("contents_url", "/contents/{+path}"), ("git_commits_url", "/git/commits{/sha}"), ("git_refs_url", "/git/refs{/sha}"),
        ("git_tags_url", "/git/tags{/sha}"), ("issue_comment_url", "/issues/comments{/number}"),
        ("issue_events_url", "/issues/events{/number}"), ("issues_url", "/issues{/number}"), ("keys_url", "/keys{/key_id}"),
        ("labels_url", "/labels{/name}"), ("milestones_url", "/milestones{/number}"),
        ("notifications_url", "/notifications{?since,all,participating}"), ("pulls_url", "/pulls{/number}"),
        ("releases_url", "/releases{/id}"), ("statuses_url", "/statuses/{sha}"), ("trees_url", "/git/trees{/sha}"),
    ];

    public static JsonObject Repository(this View view, Repository repository, string login)
    {
        var api = view.ApiOf(repository);
        var web = view.WebOf(repository);
        var host = new Uri(view.Web).Authority;
        var open = repository.Issues.Values.Count(issue => issue.State == IssueStates.Open);
        var created = View.Time(repository.CreatedAt);
        var updated = View.Time(repository.Issues.IsEmpty
            ? repository.CreatedAt
            : repository.Issues.Values.Max(issue => issue.UpdatedAt));
        var name = RepositoryName.From(repository.Owner, repository.Name)!;
        var json = new JsonObject
        {
            ["id"] = repository.Id,
            ["node_id"] = View.NodeId("Repository", repository.Id),
            ["name"] = repository.Name,
            ["full_name"] = repository.FullName,
            ["owner"] = view.User(repository.Owner),
            ["private"] = false,
            ["html_url"] = web,
            ["description"] = null,
            ["fork"] = false,
            ["url"] = api,
            ["git_url"] = $"git://{host}/{repository.FullName}.git",
            ["ssh_url"] = $"git@{host}:{repository.FullName}.git",
            ["clone_url"] = $"{web}.git",
            ["svn_url"] = web,
            ["mirror_url"] = null,
            ["homepage"] = null,
            ["language"] = null,
            ["license"] = null,
            ["size"] = 0,
            ["default_branch"] = "main",
            ["visibility"] = "public",
            ["topics"] = new JsonArray(),
            ["custom_properties"] = new JsonObject(),
            ["created_at"] = created,
            ["updated_at"] = updated,
            ["pushed_at"] = created,
            ["open_issues"] = open,
            ["open_issues_count"] = open,
            ["permissions"] = UserShape.Permissions(view.Access.PermissionOf(name, login)),
        };
        foreach (var link in PlainLinks)
        {
            json[$"{link}_url"] = $"{api}/{link}";
        }

        foreach (var (link, rest) in TemplateLinks)
        {
            json[link] = api + rest;
        }

        foreach (var count in (string[])["forks_count", "stargazers_count", "watchers_count", "forks", "watchers", "subscribers_count", "network_count"])
        {
            json[count] = 0;
        }

        foreach (var flag in (string[])["has_issues", "has_projects", "has_wiki", "has_pages", "has_discussions", "has_downloads", "web_commit_signoff_required", "archived", "disabled", "is_template"])
        {
            json[flag] = flag == "has_issues";
        }

        return json;
    }
}
