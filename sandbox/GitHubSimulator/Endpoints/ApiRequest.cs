using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GitHubSimulator.Protocol;
using GitHubSimulator.Shapes;
using GitHubSimulator.State;

namespace GitHubSimulator.Endpoints;

/// <summary>One request, as the endpoints need it.</summary>
internal sealed class ApiRequest(HttpContext http)
{
    public HttpContext Http { get; } = http;

    public TrackerStore Store { get; } = http.RequestServices.GetRequiredService<TrackerStore>();

    public Access Access { get; } = http.RequestServices.GetRequiredService<Access>();

    public View View => View.For(Http.Request, Access);

    /// <summary>Empty where nobody needs to be known.</summary>
    public string Login => Caller.Of(Http).Login ?? string.Empty;

    /// <summary>The repository of the route; null when it cannot exist.</summary>
    public RepositoryName? Name { get; } =
        http.Request.RouteValues["owner"] is string owner && http.Request.RouteValues["repo"] is string repo
            ? RepositoryName.From(owner, repo)
            : null;

    public Repository Repository => Store.Get(Name!);

    /// <summary>An App that may write issues does so as somebody with write access would.</summary>
    public Permission Permission => Caller.Of(Http).Installation is { } installed
        ? installed.App.Permissions.GetValueOrDefault("issues") == "write" ? Permission.Write : Permission.Read
        : Access.PermissionOf(Name!, Login);

    /// <summary>The issue of the route, or null.</summary>
    public Issue? Issue => Repository.Issue(Number);

    public int Number => (int)Id("number");

    public long Id(string route) =>
        long.TryParse(Text(route), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id <= int.MaxValue ? id : -1;

    /// <summary>A slash in a name stays escaped in the path of a request, so it is undone here.</summary>
    public string Text(string route) =>
        ((string)Http.Request.RouteValues[route]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public string? Query(string name) => Http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>The body as JSON, or the answer to a body that is none.</summary>
    public Outcome<JsonNode> Body()
    {
        var text = RequestLogMiddleware.BodyOf(Http);
        try
        {
            return (text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)) is { } json
                ? json
                : new Refusal(400, "Body should be a JSON object");
        }
        catch (JsonException)
        {
            return new Refusal(400, "Problems parsing JSON");
        }
    }

    public Outcome<T> Change<T>(Func<Repository, Change, (Repository, Outcome<T>)> apply)
        where T : class => Store.Change(Name!, Login, Permission, apply);
}
