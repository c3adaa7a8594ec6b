using System.Globalization;
using System.Text;
using GitHubSimulator.Protocol;
using GitHubSimulator.State;

namespace GitHubSimulator.Shapes;

/// <summary>Turns state into GitHub's JSON, with links that lead back to the address the client used.</summary>
/// <param name="Api">Base of the API without a slash at the end, <c>/api/v3</c> included if the client used it.</param>
/// <param name="Web">Base of the pages.</param>
/// <param name="IsNewer">The client asked for the newer version of the API.</param>
/// <param name="Access">For author associations and permissions.</param>
internal sealed record View(string Api, string Web, bool IsNewer, Access Access)
{
    public static View For(HttpRequest request, Access access) => new(
        $"{request.Scheme}://{request.Host}{request.PathBase}",
        $"{request.Scheme}://{request.Host}",
        GuardMiddleware.VersionOf(request) == GuardMiddleware.Newer,
        access);

    public string ApiOf(Repository repository) => $"{Api}/repos/{repository.FullName}";

    public string WebOf(Repository repository) => $"{Web}/{repository.FullName}";

    public static string NodeId(string type, long id) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"0:{type}{id}")));

    public static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string? Time(DateTimeOffset? at) => at is { } known ? Time(known) : null;

    public string Association(Repository repository, string login)
    {
        if (string.Equals(repository.Owner, login, StringComparison.OrdinalIgnoreCase))
        {
            return "OWNER";
        }

        var name = RepositoryName.From(repository.Owner, repository.Name)!;
        return Access.PermissionOf(name, login) >= Permission.Triage ? "COLLABORATOR" : "NONE";
    }
}
