using GitHubSimulator.Protocol;
using GitHubSimulator.State;

namespace GitHubSimulator.Endpoints;

/// <summary>The table of everything the API answers to.</summary>
internal static class ApiRoutes
{
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        RootEndpoints.Map(routes);
        AppEndpoints.Map(routes);
        RepositoryEndpoints.Map(routes);
        IssueEndpoints.Map(routes);
        CommentEndpoints.Map(routes);
        LabelEndpoints.Map(routes);
        IssueLabelEndpoints.Map(routes);
        MilestoneEndpoints.Map(routes);
        EventEndpoints.Map(routes);
        ReactionEndpoints.Map(routes);
        routes.MapFallback("{*path}", context => GitHubErrors.From(Refusal.NotFound).ExecuteAsync(context));
    }

    public static void Get(this IEndpointRouteBuilder routes, string pattern, Func<ApiRequest, IResult> answer) =>
        routes.MapGet(pattern, Checked(answer));

    public static void Post(this IEndpointRouteBuilder routes, string pattern, Func<ApiRequest, IResult> answer) =>
        routes.MapPost(pattern, Checked(answer));

    public static void Patch(this IEndpointRouteBuilder routes, string pattern, Func<ApiRequest, IResult> answer) =>
        routes.MapPatch(pattern, Checked(answer));

    public static void Put(this IEndpointRouteBuilder routes, string pattern, Func<ApiRequest, IResult> answer) =>
        routes.MapPut(pattern, Checked(answer));

    public static void Delete(this IEndpointRouteBuilder routes, string pattern, Func<ApiRequest, IResult> answer) =>
        routes.MapDelete(pattern, Checked(answer));

    private static RequestDelegate Checked(Func<ApiRequest, IResult> answer) => context =>
    {
        var request = new ApiRequest(context);
        var result = Refuse(context, request) is { } refusal ? GitHubErrors.From(refusal) : answer(request);
        return result.ExecuteAsync(context);
    };

    private static Refusal? Refuse(HttpContext context, ApiRequest request)
    {
        if (!context.Request.RouteValues.ContainsKey("repo"))
        {
            return null;
        }

        // An App's token is good for the repositories it is installed on, and for what it was granted there.
        if (Caller.Of(context).Installation is { } installed && request.Name is not null)
        {
            if (installed.App.InstallationOf(request.Name.ToString()) != installed.Installation)
            {
                return Refusal.NotFound;
            }

            return HttpMethods.IsGet(context.Request.Method) || installed.App.Permissions.GetValueOrDefault("issues") == "write"
                ? null
                : new Refusal(403, "Resource not accessible by integration");
        }

        // A repository one may not see looks like one that is not there.
        if (request.Name is null || request.Permission == Permission.None)
        {
            return Refusal.NotFound;
        }

        return HttpMethods.IsGet(context.Request.Method) || Caller.Of(context).Token is { MayWrite: true } ? null : Refusal.Forbidden;
    }
}
