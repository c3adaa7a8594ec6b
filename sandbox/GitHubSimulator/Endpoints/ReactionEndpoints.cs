using GitHubSimulator.Protocol;
using GitHubSimulator.Shapes;
using GitHubSimulator.State;

namespace GitHubSimulator.Endpoints;

/// <summary>Reactions on issues and comments.</summary>
internal static class ReactionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string OfIssue = "/repos/{owner}/{repo}/issues/{number:int}/reactions";
        const string OfComment = "/repos/{owner}/{repo}/issues/comments/{id:long}/reactions";
        routes.Get(OfIssue, request => List(request, request.Issue?.Reactions));
        routes.Get(OfComment, request => List(request, request.Repository.Comment(request.Id("id"))?.Comment.Reactions));
        routes.Post(OfIssue, request => Add(
            request,
            request.Issue?.Reactions,
            (content, now, change) => now.ReactToIssue(request.Number, content, change)));
        routes.Post(OfComment, request => Add(
            request,
            request.Repository.Comment(request.Id("id"))?.Comment.Reactions,
            (content, now, change) => now.ReactToComment(request.Id("id"), content, change)));
    }

    private static IResult List(ApiRequest request, IReadOnlyList<Reaction>? reactions) => reactions is null
        ? GitHubErrors.From(Refusal.NotFound)
        : request.Page(
            reactions.Where(reaction => request.Query("content") is not { } wanted || reaction.Content == wanted),
            request.View.Reaction);

    private static IResult Add(
        ApiRequest request,
        IReadOnlyList<Reaction>? before,
        Func<string, Repository, Change, (Repository, Outcome<Reaction>)> apply)
    {
        var body = request.Body();
        if (body.Value is null || before is null)
        {
            return GitHubErrors.From(body.Refusal ?? Refusal.NotFound);
        }

        var fields = new BodyFields(body.Value);
        var content = fields.RequiredText("content");
        if (fields.Problem is { } problem)
        {
            return GitHubErrors.From(Refusal.Malformed(problem));
        }

        var outcome = request.Change((now, change) => apply(content, now, change));
        if (outcome.Value is not { } reaction)
        {
            return GitHubErrors.From(outcome.Refusal!);
        }

        // 200 tells that this person had reacted so before.
        var status = before.Contains(reaction) ? StatusCodes.Status200OK : StatusCodes.Status201Created;
        return Reply.Json(status, request.View.Reaction(reaction));
    }
}
