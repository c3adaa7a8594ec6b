using GitHubSimulator.Protocol;
using GitHubSimulator.Shapes;
using GitHubSimulator.State;

namespace GitHubSimulator.Endpoints;

/// <summary>What an App asks with its signature: itself, where it is installed, and a token for there.</summary>
internal static class AppEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.Get("/app", request => AsApp(request, app => Reply.Ok(request.View.App(app))));
        routes.Get("/app/installations/{id:long}", request => AsApp(request, app => Installed(request, app, id => Reply.Ok(request.View.Installation(app, id)))));
        routes.Post("/app/installations/{id:long}/access_tokens", request => AsApp(request, app => Installed(request, app, id => Give(request, app, id))));
        routes.Get("/repos/{owner}/{repo}/installation", request => AsApp(request, app => app.InstallationOf(request.Name!.ToString()) is { } id
            ? Reply.Ok(request.View.Installation(app, id))
            : GitHubErrors.From(Refusal.NotFound)));
    }

    private static IResult AsApp(ApiRequest request, Func<GitHubApp, IResult> answer) => Caller.Of(request.Http).App is { } app
        ? answer(app)
        : GitHubErrors.Status(401, "A JSON web token could not be decoded");

    private static IResult Installed(ApiRequest request, GitHubApp app, Func<long, IResult> answer) => app.Installations.ContainsKey(request.Id("id"))
        ? answer(request.Id("id"))
        : GitHubErrors.From(Refusal.NotFound);

    private static IResult Give(ApiRequest request, GitHubApp app, long id) =>
        Reply.Json(201, AppShape.Token(app, request.Http.RequestServices.GetRequiredService<Apps>().Issue(app, id)));
}
