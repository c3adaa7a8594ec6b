using System.Text.Json.Nodes;

namespace Testing.GitHubOpenApi;

/// <summary>One path of the description, as a pattern.</summary>
internal sealed class OpenApiPath(string template, JsonObject operations)
{
    private readonly string[] segments = template.TrimEnd('/').Split('/');

    public string Template { get; } = template;

    /// <summary>More literal segments make the better match: <c>issues/comments</c> before <c>issues/{issue_number}</c>.</summary>
    public int Literals => segments.Count(segment => !IsVariable(segment));

    public JsonObject? Operation(string method) => operations[method.ToLowerInvariant()] as JsonObject;

    public bool Matches(string[] path) =>
        path.Length == segments.Length
        && segments.Zip(path).All(pair => IsVariable(pair.First) || string.Equals(pair.First, pair.Second, StringComparison.Ordinal));

    private static bool IsVariable(string segment) => segment.StartsWith('{');
}
