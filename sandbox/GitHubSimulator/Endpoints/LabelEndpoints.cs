using System.Text.Json.Nodes;
using GitHubSimulator.Protocol;
using GitHubSimulator.Shapes;
using GitHubSimulator.State;

namespace GitHubSimulator.Endpoints;

/// <summary>The labels of a repository.</summary>
internal static class LabelEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.Get("/repos/{owner}/{repo}/labels", List);
        routes.Post("/repos/{owner}/{repo}/labels", Create);
        routes.Get("/repos/{owner}/{repo}/labels/{name}", Read);
        routes.Patch("/repos/{owner}/{repo}/labels/{name}", Edit);
        routes.Delete("/repos/{owner}/{repo}/labels/{name}", Remove);
    }

    private static IResult List(ApiRequest request)
    {
        var repository = request.Repository;
        return request.Page(repository.Labels, label => request.View.Label(repository, label));
    }

    private static IResult Read(ApiRequest request) => request.Repository.Label(request.Text("name")) is { } label
        ? Reply.Ok(request.View.Label(request.Repository, label))
        : GitHubErrors.From(Refusal.NotFound);

    private static IResult Create(ApiRequest request)
    {
        var body = request.Body();
        if (body.Value is null)
        {
            return GitHubErrors.From(body.Refusal!);
        }

        var fields = new BodyFields(body.Value);
        var (name, color, description) = (fields.RequiredText("name"), fields.Text("color"), fields.Text("description"));
        return fields.Problem is { } problem
            ? GitHubErrors.From(Refusal.Malformed(problem))
            : Answer(
                request,
                request.Change((now, change) => now.CreateLabel(name, color, description, change)),
                json => Reply.Created(json, json["url"]!.GetValue<string>()));
    }

    private static IResult Edit(ApiRequest request)
    {
        var body = request.Body();
        if (body.Value is null)
        {
            return GitHubErrors.From(body.Refusal!);
        }

        var fields = new BodyFields(body.Value);
        var (name, color, description) = (fields.Text("new_name"), fields.Text("color"), fields.Text("description"));
        return fields.Problem is { } problem
            ? GitHubErrors.From(Refusal.Malformed(problem))
            : Answer(
                request,
                request.Change((now, change) => now.EditLabel(request.Text("name"), name, color, description, change)),
                Reply.Ok);
    }

    private static IResult Remove(ApiRequest request)
    {
        var outcome = request.Change((now, change) => now.DeleteLabel(request.Text("name"), change));
        return outcome.Refusal is { } refusal ? GitHubErrors.From(refusal) : Results.NoContent();
    }

    private static IResult Answer(ApiRequest request, Outcome<Label> outcome, Func<JsonObject, IResult> success) =>
        outcome.Value is { } label
            ? success(request.View.Label(request.Repository, label))
            : GitHubErrors.From(outcome.Refusal!);
}
