using System.Globalization;
using System.Text.Json.Nodes;
using GitHubSimulator.State;

namespace GitHubSimulator.Shapes;

/// <summary>GitHub Apps, their installations and tokens.</summary>
internal static class AppShape
{
    private const string Made = "2025-01-01T00:00:00Z";

    public static JsonObject App(this View view, GitHubApp app) => new()
    {
        ["id"] = app.Id,
        ["slug"] = app.Slug,
        ["node_id"] = View.NodeId("Integration", app.Id),
        ["client_id"] = string.Create(CultureInfo.InvariantCulture, $"Iv1.{app.Id:x16}"),
        ["owner"] = view.User("acme"),
        ["name"] = app.Slug,
        ["description"] = "",
        ["external_url"] = view.Web,
        ["html_url"] = $"{view.Web}/apps/{app.Slug}",
        ["created_at"] = Made,
        ["updated_at"] = Made,
        ["permissions"] = Permissions(app),
        ["events"] = new JsonArray("issues", "issue_comment"),
        ["installations_count"] = app.Installations.Count,
    };

    public static JsonObject Installation(this View view, GitHubApp app, long id)
    {
        var account = app.Installations[id] is [var first, ..] ? first[..first.IndexOf('/', StringComparison.Ordinal)] : "acme";
        var user = view.User(account);
        return new JsonObject
        {
            ["id"] = id,
            ["account"] = user,
            ["repository_selection"] = "selected",
            ["access_tokens_url"] = $"{view.Api}/app/installations/{id}/access_tokens",
            ["repositories_url"] = $"{view.Api}/installation/repositories",
            ["html_url"] = $"{view.Web}/settings/installations/{id}",
            ["app_id"] = app.Id,
            ["app_slug"] = app.Slug,
            ["target_id"] = (long)user["id"]!,
            ["target_type"] = "User",
            ["permissions"] = Permissions(app),
            ["events"] = new JsonArray("issues", "issue_comment"),
            ["created_at"] = Made,
            ["updated_at"] = Made,
            ["single_file_name"] = null,
            ["has_multiple_single_files"] = false,
            ["single_file_paths"] = new JsonArray(),
            ["suspended_by"] = null,
            ["suspended_at"] = null,
        };
    }

    public static JsonObject Token(GitHubApp app, InstallationToken token) => new()
    {
        ["token"] = token.Token,
        ["expires_at"] = View.Time(token.ExpiresAt),
        ["permissions"] = Permissions(app),
        ["repository_selection"] = "selected",
    };

    private static JsonObject Permissions(GitHubApp app) =>
        new(app.Permissions.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
}
