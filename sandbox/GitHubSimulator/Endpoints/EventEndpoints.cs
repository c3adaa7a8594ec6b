using GitHubSimulator.Protocol;
using GitHubSimulator.Shapes;
using GitHubSimulator.State;

namespace GitHubSimulator.Endpoints;

/// <summary>What happened to issues.</summary>
internal static class EventEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.Get("/repos/{owner}/{repo}/issues/{number:int}/events", OfIssue);
        routes.Get("/repos/{owner}/{repo}/issues/{number:int}/timeline", Timeline);
        routes.Get("/repos/{owner}/{repo}/issues/events", OfRepository);
        routes.Get("/repos/{owner}/{repo}/issues/events/{id:long}", Read);
    }

    private static IResult OfIssue(ApiRequest request)
    {
        var repository = request.Repository;
        return request.Issue is { } issue
            ? request.Page(issue.Events, entry => request.View.Event(repository, entry))
            : GitHubErrors.From(Refusal.NotFound);
    }

    private static IResult Timeline(ApiRequest request) => request.Issue is { } issue
        ? request.Page(request.View.Timeline(request.Repository, issue), entry => entry)
        : GitHubErrors.From(Refusal.NotFound);

    private static IResult OfRepository(ApiRequest request)
    {
        var repository = request.Repository;
        return request.Page(
            All(repository).OrderByDescending(entry => entry.Event.Id),
            entry => request.View.EventWithIssue(repository, entry.Issue, entry.Event));
    }

    private static IResult Read(ApiRequest request)
    {
        var id = request.Id("id");
        var repository = request.Repository;
        return All(repository).FirstOrDefault(entry => entry.Event.Id == id) is { Event: not null } found
            ? Reply.Ok(request.View.EventWithIssue(repository, found.Issue, found.Event))
            : GitHubErrors.From(Refusal.NotFound);
    }

    private static IEnumerable<(Issue Issue, IssueEvent Event)> All(Repository repository) =>
        repository.Issues.Values.SelectMany(issue => issue.Events.Select(entry => (issue, entry)));
}
