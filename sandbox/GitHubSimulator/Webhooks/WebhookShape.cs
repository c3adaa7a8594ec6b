using System.Text.Json.Nodes;
using GitHubSimulator.Shapes;
using GitHubSimulator.State;

namespace GitHubSimulator.Webhooks;

/// <summary>Bodies of webhooks.</summary>
internal static class WebhookShape
{
    public static JsonObject Of(View view, Repository repository, Happening happening, string actor)
    {
        var issue = view.Issue(repository, happening.Issue);
        var json = new JsonObject { ["action"] = happening.Action, ["issue"] = issue };
        if (happening.Comment is { } comment)
        {
            json["comment"] = view.Comment(repository, happening.Issue, comment);
        }

        if (happening.Label is { } label && repository.Label(label) is { } known)
        {
            json["label"] = view.Label(repository, known);
        }

        if (happening.Action == "edited")
        {
            json["changes"] = Changes(happening);
        }

        json["repository"] = Reduced(view.Repository(repository, repository.Owner));
        json["sender"] = view.User(actor);
        return json;
    }

    public static JsonObject Ping(View view, Repository repository, Uri target) => new()
    {
        ["zen"] = "Practicality beats purity.",
        ["hook_id"] = 1,
        ["hook"] = new JsonObject
        {
            ["type"] = "Repository",
            ["id"] = 1,
            ["name"] = "web",
            ["active"] = true,
            ["events"] = new JsonArray("issues", "issue_comment"),
            ["config"] = new JsonObject { ["content_type"] = "json", ["insecure_ssl"] = "0", ["secret"] = "********", ["url"] = target.ToString() },
            ["updated_at"] = View.Time(repository.CreatedAt),
            ["created_at"] = View.Time(repository.CreatedAt),
            ["url"] = $"{view.ApiOf(repository)}/hooks/1",
            ["test_url"] = $"{view.ApiOf(repository)}/hooks/1/test",
            ["ping_url"] = $"{view.ApiOf(repository)}/hooks/1/pings",
            ["deliveries_url"] = $"{view.ApiOf(repository)}/hooks/1/deliveries",
            ["last_response"] = new JsonObject { ["code"] = null, ["status"] = "unused", ["message"] = null },
        },
        ["repository"] = Reduced(view.Repository(repository, repository.Owner)),
        ["sender"] = view.User(repository.Owner),
    };

    private static JsonObject Changes(Happening happening)
    {
        var changes = new JsonObject();
        if (happening.OldTitle is { } title)
        {
            changes["title"] = new JsonObject { ["from"] = title };
        }

        if (happening.HasOldBody)
        {
            changes["body"] = new JsonObject { ["from"] = happening.OldBody ?? string.Empty };
        }

        return changes;
    }

    /// <summary>A webhook tells no permissions and no counts that only the whole description of a repository has.</summary>
    private static JsonObject Reduced(JsonObject repository)
    {
        foreach (var more in (string[])["permissions", "subscribers_count", "network_count"])
        {
            repository.Remove(more);
        }

        return repository;
    }
}
