using GitHubSimulator.Protocol;
using GitHubSimulator.Shapes;

namespace GitHubSimulator.Endpoints;

/// <summary>The root, accounts and the rate limit.</summary>
internal static class RootEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.Get("/", request => Reply.Ok(request.View.Root()));
        routes.Get("/user", request => Caller.Of(request.Http).Installation is null
            ? Reply.Ok(request.View.PrivateUser(request.Login))
            : GitHubErrors.Status(403, "Resource not accessible by integration"));
        routes.Get("/users/{login}", request => Reply.Ok(request.View.PublicUser(request.Text("login"))));
        routes.Get("/rate_limit", request => Reply.Ok(request.View.RateLimit(
            request.Http.RequestServices.GetRequiredService<RateLimits>().Of(Caller.Of(request.Http).Login))));
    }
}
