using System.Text.Json.Nodes;
using GitHubSimulator.Control;
using Testing.GitHubOpenApi;

namespace GitHubSimulator.Tests.Harness;

/// <summary>A request of a client that is not ours, with its answer.</summary>
internal sealed record ObservedRequest(string Method, string Path, string? Body, int Status, string? Answer)
{
    public static ObservedRequest From(LoggedRequest request) => new(request.Method, request.Path + request.Query, request.Body, request.Status, request.ResponseBody);

    public static ObservedRequest From(JsonNode? json) => new(
        (string)json!["method"]!, $"{json["path"]}{json["query"]}", (string?)json["body"], (int)json["status"]!, (string?)json["responseBody"]);

    /// <summary>Fails unless GitHub would understand the request and could have given the answer.</summary>
    public void ShouldFit(GitHubOpenApi description)
    {
        description.ValidateRequest(Method, Path, Body).ShouldBeEmpty();
        description.Validate(Method, Path, Status, Answer).ShouldBeEmpty();
    }
}
