using GitHubSimulator.Protocol;
using GitHubSimulator.Shapes;
using GitHubSimulator.State;

namespace GitHubSimulator.Endpoints;

/// <summary>A repository and who may do what in it.</summary>
internal static class RepositoryEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.Get("/repos/{owner}/{repo}", request => Reply.Ok(request.View.Repository(request.Repository, request.Login)));
        routes.Get("/repos/{owner}/{repo}/collaborators/{login}/permission", PermissionOf);
    }

    private static IResult PermissionOf(ApiRequest request)
    {
        var login = request.Text("login");
        var self = string.Equals(login, request.Login, StringComparison.OrdinalIgnoreCase);
        return self || request.Permission >= Permission.Write
            ? Reply.Ok(request.View.CollaboratorPermission(login, request.Access.PermissionOf(request.Name!, login)))
            : GitHubErrors.Status(403, "Must have push access to view collaborator permission.");
    }
}
