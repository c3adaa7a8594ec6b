using Testing.GitHubOpenApi;

namespace GitHubSimulator.Tests.Harness;

/// <summary>Fails the test on any answer GitHub's own description does not allow.</summary>
internal sealed class CheckedHandler(GitHubOpenApi description) : DelegatingHandler(new SocketsHttpHandler())
{
    private int answers;

    public int Answers => answers;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.PathAndQuery;
        // The description is the one of the older version of the API.
        var isNewer = request.Headers.TryGetValues("X-GitHub-Api-Version", out var versions) && versions.Contains("2026-03-10");
        if (isNewer || path.StartsWith("/_simulator", StringComparison.Ordinal))
        {
            return response;
        }

        if (path.StartsWith("/api/v3", StringComparison.Ordinal))
        {
            path = path["/api/v3".Length..];
        }

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        description.Validate(request.Method.Method, path, (int)response.StatusCode, body).ShouldBeEmpty(body);
        Interlocked.Increment(ref answers);
        return response;
    }
}
