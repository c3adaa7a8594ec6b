using GitHubSimulator.Protocol;
using GitHubSimulator.Shapes;
using GitHubSimulator.State;

namespace GitHubSimulator.Endpoints;

/// <summary>Comments: of an issue, of a repository, one by one.</summary>
internal static class CommentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.Get("/repos/{owner}/{repo}/issues/{number:int}/comments", OfIssue);
        routes.Post("/repos/{owner}/{repo}/issues/{number:int}/comments", Add);
        routes.Get("/repos/{owner}/{repo}/issues/comments", OfRepository);
        routes.Get("/repos/{owner}/{repo}/issues/comments/{id:long}", Read);
        routes.Patch("/repos/{owner}/{repo}/issues/comments/{id:long}", Edit);
        routes.Delete("/repos/{owner}/{repo}/issues/comments/{id:long}", Remove);
    }

    private static IResult OfIssue(ApiRequest request)
    {
        if (request.Issue is not { } issue)
        {
            return GitHubErrors.From(Refusal.NotFound);
        }

        var since = IssueQuery.SinceOf(request);
        var repository = request.Repository;
        return request.Page(
            issue.Comments.Where(comment => since is null || comment.UpdatedAt >= since),
            comment => request.View.Comment(repository, issue, comment));
    }

    private static IResult OfRepository(ApiRequest request)
    {
        var since = IssueQuery.SinceOf(request);
        var repository = request.Repository;
        var found = repository.Issues.Values
            .SelectMany(issue => issue.Comments.Select(comment => (Issue: issue, Comment: comment)))
            .Where(entry => since is null || entry.Comment.UpdatedAt >= since);
        Func<(Issue Issue, Comment Comment), (DateTimeOffset, long)> key = request.Query("sort") == "updated"
            ? entry => (entry.Comment.UpdatedAt, entry.Comment.Id)
            : entry => (entry.Comment.CreatedAt, entry.Comment.Id);
        var sorted = request.Query("sort") is not null && request.Query("direction") != "asc"
            ? found.OrderByDescending(key)
            : found.OrderBy(key);
        return request.Page(sorted, entry => request.View.Comment(repository, entry.Issue, entry.Comment));
    }

    private static IResult Read(ApiRequest request)
    {
        var repository = request.Repository;
        return repository.Comment(request.Id("id")) is var (issue, comment)
            ? Reply.Ok(request.View.Comment(repository, issue, comment))
            : GitHubErrors.From(Refusal.NotFound);
    }

    private static IResult Add(ApiRequest request)
    {
        if (request.Issue is null)
        {
            return GitHubErrors.From(Refusal.NotFound);
        }

        return WithText(request, text =>
        {
            var outcome = request.Change((now, change) => now.AddComment(request.Number, text, change));
            if (outcome.Value is not { } comment)
            {
                return GitHubErrors.From(outcome.Refusal!);
            }

            var json = request.View.Comment(request.Repository, request.Issue!, comment);
            return Reply.Created(json, json["url"]!.GetValue<string>());
        });
    }

    private static IResult Edit(ApiRequest request) => WithText(request, text =>
    {
        var id = request.Id("id");
        var outcome = request.Change((now, change) => now.EditComment(id, text, change));
        return outcome.Refusal is { } refusal ? GitHubErrors.From(refusal) : Read(request);
    });

    private static IResult Remove(ApiRequest request)
    {
        var id = request.Id("id");
        var outcome = request.Change((now, change) => now.DeleteComment(id, change));
        return outcome.Refusal is { } refusal ? GitHubErrors.From(refusal) : Results.NoContent();
    }

    private static IResult WithText(ApiRequest request, Func<string, IResult> answer)
    {
        var body = request.Body();
        if (body.Value is null)
        {
            return GitHubErrors.From(body.Refusal!);
        }

        var fields = new BodyFields(body.Value);
        var text = fields.RequiredText("body");
        return fields.Problem is { } problem ? GitHubErrors.From(Refusal.Malformed(problem)) : answer(text);
    }
}
