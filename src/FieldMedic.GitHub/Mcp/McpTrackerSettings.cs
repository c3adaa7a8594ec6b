namespace FieldMedic.GitHub.Mcp;

/// <summary>How to start a GitHub MCP server and what its tools are called.</summary>
public sealed record McpTrackerSettings
{
    /// <summary>The reference server of the protocol's authors, by npx.</summary>
    public const string DefaultCommand = "npx -y @modelcontextprotocol/server-github";

    /// <summary>Program and arguments, separated by spaces. No shell takes part.</summary>
    public string Command { get; init; } = DefaultCommand;

    /// <summary>The tool that reads an issue; fixed arguments may follow the name (<c>issue_read method=get</c>).</summary>
    public string GetIssue { get; init; } = "get_issue";

    public string AddComment { get; init; } = "add_issue_comment";

    public string UpdateIssue { get; init; } = "update_issue";

    /// <summary>The variable in which the server looks for the token.</summary>
    public string TokenVariable { get; init; } = "GITHUB_PERSONAL_ACCESS_TOKEN";

    /// <summary>Gives the token. It is put into the environment of the server's process and nowhere else.</summary>
    public required Func<string?> Token { get; init; }

    /// <summary>Our login, when it is known: only then can it be told that we closed an issue ourselves.</summary>
    public string? Login { get; init; }

    /// <summary>How long one call may take, the start of the server included.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
