using System.Text.Json.Nodes;
using GitHubSimulator.Protocol;
using GitHubSimulator.Shapes;
using GitHubSimulator.State;

namespace GitHubSimulator.Endpoints;

/// <summary>The labels on an issue.</summary>
internal static class IssueLabelEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string Labels = "/repos/{owner}/{repo}/issues/{number:int}/labels";
        routes.Get(Labels, List);
        routes.Post(Labels, request => WithNames(request, (names, now, change) => now.AddLabels(request.Number, names, change)));
        routes.Put(Labels, request => WithNames(request, (names, now, change) => now.ReplaceLabels(request.Number, names, change)));
        routes.Delete(Labels, RemoveAll);
        routes.Delete(Labels + "/{name}", RemoveOne);
    }

    private static IResult List(ApiRequest request)
    {
        var repository = request.Repository;
        return request.Issue is { } issue
            ? request.Page(repository.LabelsOf(issue), label => request.View.Label(repository, label))
            : GitHubErrors.From(Refusal.NotFound);
    }

    private static IResult RemoveAll(ApiRequest request)
    {
        var outcome = request.Change((now, change) => now.ReplaceLabels(request.Number, [], change));
        return outcome.Refusal is { } refusal ? GitHubErrors.From(refusal) : Results.NoContent();
    }

    private static IResult RemoveOne(ApiRequest request) =>
        Answer(request, request.Change((now, change) => now.RemoveLabel(request.Number, request.Text("name"), change)));

    private static IResult WithNames(
        ApiRequest request, Func<IReadOnlyList<string>, Repository, Change, (Repository, Outcome<Issue>)> apply)
    {
        if (request.Issue is null)
        {
            return GitHubErrors.From(Refusal.NotFound);
        }

        var body = request.Body();
        if (body.Value is null)
        {
            return GitHubErrors.From(body.Refusal!);
        }

        // The list may come bare or as the field "labels".
        var fields = new BodyFields(body.Value is JsonArray bare ? new JsonObject { ["labels"] = bare.DeepClone() } : body.Value);
        var names = fields.Names("labels");
        var problem = fields.Problem ?? (names is null ? "\"labels\" wasn't supplied." : null);
        return problem is null
            ? Answer(request, request.Change((now, change) => apply(names!, now, change)))
            : GitHubErrors.From(Refusal.Malformed(problem));
    }

    private static IResult Answer(ApiRequest request, Outcome<Issue> outcome)
    {
        if (outcome.Value is not { } issue)
        {
            return GitHubErrors.From(outcome.Refusal!);
        }

        var repository = request.Repository;
        return Reply.Ok(new JsonArray([.. repository.LabelsOf(issue).Select(label => request.View.Label(repository, label))]));
    }
}
