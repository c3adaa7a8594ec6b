using System.Text.Json.Nodes;

namespace Testing.GitHubOpenApi;

/// <summary>An endpoint that FieldMedic's client uses, with a call of it for clients that are not ours.</summary>
/// <param name="Route">As in GitHub's description, e.g. <c>GET /repos/{owner}/{repo}</c>.</param>
/// <param name="Sees">Where to look in what comes back: names and positions with dots between them, e.g. <c>0.name</c>.</param>
/// <param name="Value">What must be there.</param>
public sealed record EndpointUse(string Route, string Sees, string Value)
{
    /// <summary>Who may call it.</summary>
    public EndpointCaller Caller { get; init; }

    /// <summary>Query of a GET, body of anything else; strings and lists of strings.</summary>
    public JsonObject Fields { get; init; } = [];

    /// <summary>The HTTP method.</summary>
    public string Method => Route[..Route.IndexOf(' ', StringComparison.Ordinal)];

    /// <summary>The path with its placeholders.</summary>
    public string Template => Route[(Route.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    /// <summary>Whether what came back holds what it must.</summary>
    public bool IsSeenIn(JsonNode? answer) => Sees
        .Split('.')
        .Aggregate(answer, (at, part) => at is JsonArray list ? list.ElementAtOrDefault(int.Parse(part, null)) : at?[part])?
        .ToString() == Value;
}
