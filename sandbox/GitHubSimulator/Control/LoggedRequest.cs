namespace GitHubSimulator.Control;

/// <summary>A request as it arrived, and the status it was answered with.</summary>
/// <param name="At">When it arrived.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path without <c>/api/v3</c>.</param>
/// <param name="Query">Query with its question mark, or empty.</param>
/// <param name="Body">The body as text, empty if there was none.</param>
/// <param name="User">Login the token belongs to, or null.</param>
/// <param name="Status">Status of the answer; 0 when the connection was cut.</param>
/// <param name="ResponseBody">The answer as text; empty when it was cut or has none.</param>
/// <param name="Headers">Request headers except the one that carries the token.</param>
public sealed record LoggedRequest(
    DateTimeOffset At,
    string Method,
    string Path,
    string Query,
    string Body,
    string? User,
    int Status,
    string ResponseBody,
    IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Whether it asked to change something.</summary>
    public bool IsWrite => Method is not ("GET" or "HEAD" or "OPTIONS");
}
