using System.Text.Json.Nodes;

namespace Testing.GitHubOpenApi;

/// <summary>
/// Every endpoint FieldMedic's client uses, in an order in which the calls make sense. The client's tests fail on a request that is not here;
/// Octokit.js and <c>gh</c> drive the stand-in through all that is.
/// </summary>
public static class EndpointsInUse
{
    /// <summary>A label that has to be escaped in a path.</summary>
    public const string Label = "needs: an admin";

    private const string Repo = "/repos/{owner}/{repo}";
    private const string Issue = Repo + "/issues/{issue_number}";
    private const string Since = "2020-01-01T00:00:00Z";

    /// <summary>The table. The calls expect an issue and a comment on it, <c>before</c>, by whom they come from; and <c>ada</c>, who may read.</summary>
    public static IReadOnlyList<EndpointUse> All { get; } =
    [
        new("GET /user", "login", "fieldmedic-bot") { Caller = EndpointCaller.Person },
        new("GET /app", "slug", "medic") { Caller = EndpointCaller.App },
        new("GET " + Repo + "/installation", "app_slug", "medic") { Caller = EndpointCaller.App },
        new("POST /app/installations/{installation_id}/access_tokens", "permissions.issues", "write") { Caller = EndpointCaller.App },
        new("GET " + Repo, "full_name", "acme/maps"),
        new("GET " + Repo + "/collaborators/{username}/permission", "role_name", "read"),
        new("POST " + Issue + "/reactions", "content", "eyes") { Fields = { ["content"] = "eyes" } },
        new("POST " + Repo + "/issues/comments/{comment_id}/reactions", "content", "+1") { Fields = { ["content"] = "+1" } },
        new("POST " + Repo + "/labels", "color", "d93f0b") { Fields = { ["name"] = Label, ["color"] = "d93f0b", ["description"] = "Somebody has to look" } },
        new("GET " + Repo + "/labels/{name}", "description", "Somebody has to look"),
        new("POST " + Issue + "/labels", "1.name", Label) { Fields = { ["labels"] = new JsonArray("bug", Label) } },
        new("GET " + Issue + "/labels", "1.name", Label) { Fields = { ["per_page"] = "100" } },
        new("DELETE " + Issue + "/labels/{name}", "0.name", "bug"),
        new("POST " + Issue + "/comments", "body", "report") { Fields = { ["body"] = "report" } },
        new("GET " + Repo + "/issues/comments", "0.body", "report")
        {
            Fields = { ["sort"] = "updated", ["direction"] = "desc", ["since"] = Since, ["per_page"] = "100" },
        },
        new("PATCH " + Repo + "/issues/comments/{comment_id}", "body", "after") { Fields = { ["body"] = "after" } },
        new("PATCH " + Issue, "state_reason", "completed") { Fields = { ["state"] = "closed", ["state_reason"] = "completed" } },
        new("GET " + Issue, "state", "closed"),
        new("GET " + Issue + "/comments", "0.body", "after") { Fields = { ["per_page"] = "100" } },
        new("GET " + Issue + "/events", "0.event", "labeled") { Fields = { ["per_page"] = "100" } },
        new("GET " + Repo + "/issues", "0.number", "1")
        {
            Fields = { ["state"] = "all", ["sort"] = "updated", ["direction"] = "desc", ["since"] = Since, ["per_page"] = "100" },
        },
        new("GET " + Repo + "/issues/events", "0.event", "closed") { Fields = { ["per_page"] = "100" } },
    ];

    /// <summary>The routes alone.</summary>
    public static IReadOnlySet<string> Routes { get; } = All.Select(use => use.Route).ToHashSet();
}
