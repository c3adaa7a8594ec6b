namespace GitHubSimulator.State;

/// <summary>Why the tracker will not do what was asked, in GitHub's own terms.</summary>
internal sealed record Refusal(int Status, string Message, params RefusalDetail[] Details)
{
    public static readonly Refusal NotFound = new(404, "Not Found");

    public static readonly Refusal Forbidden = new(403, "Resource not accessible by personal access token");

    public static Refusal Invalid(params RefusalDetail[] details) => new(422, "Validation Failed", details);

    /// <summary>GitHub's answer to a body that does not fit the schema of the request.</summary>
    public static Refusal Malformed(string problem) => new(422, $"Invalid request.\n\n{problem}");
}
