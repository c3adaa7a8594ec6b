using GitHubSimulator.Protocol;
using GitHubSimulator.Shapes;
using GitHubSimulator.State;

namespace GitHubSimulator.Endpoints;

/// <summary>Milestones, as far as an issue can have one and lose it.</summary>
internal static class MilestoneEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.Get("/repos/{owner}/{repo}/milestones", List);
        routes.Post("/repos/{owner}/{repo}/milestones", Create);
        routes.Get("/repos/{owner}/{repo}/milestones/{number:int}", Read);
    }

    private static IResult List(ApiRequest request)
    {
        var repository = request.Repository;
        return request.Page(repository.Milestones, milestone => request.View.Milestone(repository, milestone));
    }

    private static IResult Read(ApiRequest request)
    {
        var repository = request.Repository;
        return repository.Milestones.Find(milestone => milestone.Number == request.Number) is { } found
            ? Reply.Ok(request.View.Milestone(repository, found))
            : GitHubErrors.From(Refusal.NotFound);
    }

    private static IResult Create(ApiRequest request)
    {
        var body = request.Body();
        if (body.Value is null)
        {
            return GitHubErrors.From(body.Refusal!);
        }

        var fields = new BodyFields(body.Value);
        var (title, description) = (fields.RequiredText("title"), fields.Text("description"));
        if (fields.Problem is { } problem)
        {
            return GitHubErrors.From(Refusal.Malformed(problem));
        }

        var outcome = request.Change((now, change) => now.CreateMilestone(title, description, change));
        if (outcome.Value is not { } milestone)
        {
            return GitHubErrors.From(outcome.Refusal!);
        }

        var json = request.View.Milestone(request.Repository, milestone);
        return Reply.Created(json, json["url"]!.GetValue<string>());
    }
}
