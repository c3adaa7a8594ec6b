using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FieldMedic.GitHub.Issues;
using FieldMedic.GitHub.Wire;
using FieldMedic.Incidents;
using FieldMedic.Tracker;

namespace FieldMedic.GitHub.Mcp;

/// <summary>
/// Issues through a GitHub MCP server. Its tools read and change an issue and add a comment; they list no comments and no events,
/// edit no comment and know no permissions. What cannot be known is taken at its most careful: nobody may approve, an issue of ours
/// that is open again was reopened by a human, and the report is written once.
/// </summary>
public sealed class McpTracker : IIssueTracker, IAsyncDisposable
{
    private readonly McpTrackerSettings _settings;
    private readonly McpConnection _connection;
    private readonly McpTool _get;
    private readonly McpTool _comment;
    private readonly McpTool _update;

    public McpTracker(McpTrackerSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _connection = new McpConnection(settings, time);
        (_get, _comment, _update) = (McpTool.Of(settings.GetIssue), McpTool.Of(settings.AddComment), McpTool.Of(settings.UpdateIssue));
    }

    public bool CanEditComments => false;

    public async Task<Issue> GetIssueAsync(IssueRef issue, CancellationToken cancellationToken)
    {
        const string what = "read the issue";
        var text = await _connection.CallAsync(_get, Arguments(issue), what, cancellationToken).ConfigureAwait(false);
        var read = Parse(text, WireJson.Default.WireIssue, what);
        var seen = Parse(text, WireJson.Default.WireIssueSeen, what);
        if (read.State is null || read.Title is null || read.HtmlUrl is null)
        {
            throw NotAnIssue(what, null);
        }

        if (read.PullRequest is not null)
        {
            throw new TrackerException(TrackerFailure.Invalid, $"{issue} is a pull request, not an issue. Give the number of an issue.");
        }

        var isOpen = read.State == "open";
        return new Issue(issue, read.Title, read.Body ?? "", read.User?.Login ?? "ghost", isOpen, [.. (read.Labels ?? []).Select(l => l.Name)], [], read.HtmlUrl, HumanReopened: false, LastReopenedAt: null)
        {
            KnowsHistory = false,
            CommentCount = seen.Comments,
            ClosedByUs = !isOpen && _settings.Login is { Length: > 0 } us && string.Equals(seen.ClosedBy?.Login, us, StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>No tool tells what somebody may do, so nobody may do anything.</summary>
    public Task<RepositoryRole> RoleOfAsync(IssueRef issue, string login, CancellationToken cancellationToken) => Task.FromResult(RepositoryRole.None);

    /// <summary>No tool for it; nothing but a courtesy is left out.</summary>
    public Task ReactAsync(IssueRef issue, long? commentId, Reaction reaction, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<long> CreateCommentAsync(IssueRef issue, string body, CancellationToken cancellationToken)
    {
        const string what = "write a comment";
        var text = await _connection.CallAsync(_comment, Arguments(issue, ("body", CommentText.Cut(body))), what, cancellationToken).ConfigureAwait(false);
        return Parse(text, WireJson.Default.WireComment, what).Id;
    }

    public Task EditCommentAsync(IssueRef issue, long commentId, string body, CancellationToken cancellationToken)
        => throw new TrackerException(TrackerFailure.Invalid, "The GitHub MCP server has no tool that edits a comment.");

    /// <summary>The tool sets all labels at once, so they are read right before.</summary>
    public async Task ChangeLabelsAsync(IssueRef issue, IReadOnlyCollection<string> add, IReadOnlyCollection<string> remove, CancellationToken cancellationToken)
    {
        var there = (await GetIssueAsync(issue, cancellationToken).ConfigureAwait(false)).Labels;
        var wanted = there.Except(remove.Except(add, StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase).Union(add, StringComparer.OrdinalIgnoreCase).ToList();
        if (!wanted.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(there))
        {
            await UpdateAsync(issue, "change the labels", ("labels", wanted), cancellationToken).ConfigureAwait(false);
        }
    }

    public Task CloseAsync(IssueRef issue, Proof proof, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return UpdateAsync(issue, "close the issue", ("state", "closed"), cancellationToken);
    }

    /// <summary>Cannot come to pass: no comment is seen, so nobody's word is.</summary>
    public Task CloseOnWordAsync(MaintainerWord word, CancellationToken cancellationToken)
        => throw new TrackerException(TrackerFailure.Invalid, "The GitHub MCP server does not tell who a maintainer is.");

    public Task ReopenAsync(IssueRef issue, CancellationToken cancellationToken) => UpdateAsync(issue, "reopen the issue", ("state", "open"), cancellationToken);

    /// <summary>Starts the server and looks whether it has the tools that are needed. Changes nothing.</summary>
    public async Task<IReadOnlyList<GitHubCheck>> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var there = await _connection.ToolsAsync(cancellationToken).ConfigureAwait(false);
            string[] missing = [.. new[] { _get, _comment, _update }.Select(t => t.Name).Except(there, StringComparer.Ordinal)];
            return
            [
                new GitHubCheck("mcp server", true, $"answers and has {there.Count} tools", null),
                new GitHubCheck("mcp tools", missing.Length == 0, missing.Length == 0 ? "those that are needed are there" : $"missing: {string.Join(", ", missing)}", missing.Length == 0 ? null : "Name the server's own tools in fieldmedic.yaml (mcp_get_issue, mcp_add_comment, mcp_update_issue)."),
            ];
        }
        catch (TrackerException e)
        {
            return [new GitHubCheck("mcp server", false, e.Message, "Run the command of mcp_command by hand; npx has to be able to fetch the package once.")];
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private Task<string> UpdateAsync(IssueRef issue, string what, (string Name, object? Value) change, CancellationToken cancellationToken)
        => _connection.CallAsync(_update, Arguments(issue, change), what, cancellationToken);

    private static Dictionary<string, object?> Arguments(IssueRef issue, params (string Name, object? Value)[] more)
    {
        ArgumentNullException.ThrowIfNull(issue);
        _ = RepositoryPath.Of(issue);
        var parts = issue.Repository.Split('/');
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal) { ["owner"] = parts[0], ["repo"] = parts[1], ["issue_number"] = issue.Number };
        foreach (var (name, value) in more)
        {
            arguments[name] = value;
        }

        return arguments;
    }

    private static T Parse<T>(string text, JsonTypeInfo<T> type, string what)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new JsonException("nothing");
        }
        catch (JsonException e)
        {
            throw NotAnIssue(what, e);
        }
    }

    private static TrackerException NotAnIssue(string what, Exception? inner)
        => new(TrackerFailure.Invalid, $"Could not {what}: the GitHub MCP server's answer is not that of GitHub's API. Check the tool names in fieldmedic.yaml (mcp_get_issue, mcp_add_comment, mcp_update_issue).", inner);
}
