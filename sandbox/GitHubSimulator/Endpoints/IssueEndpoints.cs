using GitHubSimulator.Protocol;
using GitHubSimulator.Shapes;
using GitHubSimulator.State;

namespace GitHubSimulator.Endpoints;

/// <summary>Issues: list, open, read, change.</summary>
internal static class IssueEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.Get("/repos/{owner}/{repo}/issues", List);
        routes.Post("/repos/{owner}/{repo}/issues", Open);
        routes.Get("/repos/{owner}/{repo}/issues/{number:int}", Read);
        routes.Patch("/repos/{owner}/{repo}/issues/{number:int}", Edit);
    }

    private static IResult List(ApiRequest request)
    {
        var repository = request.Repository;
        var query = IssueQuery.From(request);
        return query.Refusal is { } refusal
            ? GitHubErrors.From(refusal)
            : request.Page(query.Required().Select(repository), issue => request.View.Issue(repository, issue));
    }

    private static IResult Read(ApiRequest request) => request.Issue is { } issue
        ? Reply.Ok(request.View.Issue(request.Repository, issue))
        : GitHubErrors.From(Refusal.NotFound);

    private static IResult Open(ApiRequest request)
    {
        if (request.Body() is not { Value: { } body })
        {
            return GitHubErrors.From(request.Body().Refusal!);
        }

        var fields = new BodyFields(body);
        var draft = new IssueDraft(
            fields.RequiredText("title"),
            fields.Text("body"),
            fields.Names("labels") ?? [],
            fields.Names("assignees") ?? (fields.Text("assignee") is { } one ? [one] : []),
            fields.Number("milestone"));
        if (fields.Problem is { } problem)
        {
            return GitHubErrors.From(Refusal.Malformed(problem));
        }

        var outcome = request.Change((now, change) => now.Open(draft, change));
        if (outcome.Value is not { } issue)
        {
            return GitHubErrors.From(outcome.Refusal!);
        }

        var json = request.View.Issue(request.Repository, issue);
        return Reply.Created(json, json["url"]!.GetValue<string>());
    }

    private static IResult Edit(ApiRequest request)
    {
        if (request.Body() is not { Value: { } body })
        {
            return GitHubErrors.From(request.Body().Refusal!);
        }

        var fields = new BodyFields(body);
        var patch = new IssuePatch
        {
            Title = fields.Text("title"),
            SetsBody = fields.Has("body"),
            Body = fields.Text("body"),
            State = fields.OneOf("state", IssueStates.Open, IssueStates.Closed),
            StateReason = fields.OneOf(
                "state_reason", IssueStates.Completed, IssueStates.NotPlanned, IssueStates.Duplicate, IssueStates.Reopened),
            SetsMilestone = fields.Has("milestone"),
            Milestone = fields.Number("milestone"),
            Labels = fields.Names("labels"),
            Assignees = fields.Names("assignees") ?? (fields.Text("assignee") is { } one ? [one] : null),
        };
        if (fields.Problem is { } problem)
        {
            return GitHubErrors.From(Refusal.Malformed(problem));
        }

        var outcome = request.Change((now, change) => now.Edit(request.Number, patch, change));
        return outcome.Value is { } issue
            ? Reply.Ok(request.View.Issue(request.Repository, issue))
            : GitHubErrors.From(outcome.Refusal!);
    }
}
