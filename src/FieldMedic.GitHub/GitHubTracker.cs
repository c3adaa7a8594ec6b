using System.Text.Json;
using FieldMedic.GitHub.Http;
using FieldMedic.GitHub.Issues;
using FieldMedic.GitHub.Wire;
using FieldMedic.Incidents;
using FieldMedic.Tracker;

namespace FieldMedic.GitHub;

/// <summary>Issues on GitHub or a GitHub Enterprise server.</summary>
public sealed class GitHubTracker : IIssueTracker, IDisposable
{
    private readonly GitHubClient _client;
    private readonly IssueReader _reader;
    private readonly CommentWriter _comments;
    private readonly LabelWriter _labels;

    /// <param name="handler">Null for an ordinary connection; a given handler is not disposed.</param>
    public GitHubTracker(GitHubSettings settings, TimeProvider time, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        _client = new GitHubClient(settings, time, handler);
        var who = new WhoWeAre(_client, settings);
        _comments = new CommentWriter(_client, who);
        _labels = new LabelWriter(_client);
        _reader = new IssueReader(_client, who, _comments);
    }

    public Task<Issue> GetIssueAsync(IssueRef issue, CancellationToken cancellationToken)
        => _reader.ReadAsync(issue, cancellationToken);

    public async Task<RepositoryRole> RoleOfAsync(IssueRef issue, string login, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(issue);
        ArgumentException.ThrowIfNullOrWhiteSpace(login);
        try
        {
            var read = await _client.ReadAsync(
                new GitHubCall(HttpMethod.Get, RepositoryPath.Permission(issue, login), "read what an account may do", issue.ToString()),
                WireJson.Default.WirePermission,
                cancellationToken).ConfigureAwait(false);
            return read.Role;
        }
        catch (TrackerException e) when (e.Failure == TrackerFailure.NotFound)
        {
            // No such account any more, or it has nothing to do with the repository.
            return RepositoryRole.None;
        }
    }

    public Task ReactAsync(IssueRef issue, long? commentId, Reaction reaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(issue);
        var on = commentId is { } id ? RepositoryPath.Comment(issue, id) : RepositoryPath.Of(issue);
        return _client.SendAsync(
            new GitHubCall(HttpMethod.Post, $"{on}/reactions", "react", issue.ToString())
            {
                Body = JsonSerializer.Serialize(new WireReaction(ReactionWords.Of(reaction)), WireJson.Default.WireReaction),
            },
            cancellationToken);
    }

    public Task<long> CreateCommentAsync(IssueRef issue, string body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        return _comments.CreateAsync(issue, body, cancellationToken);
    }

    public Task EditCommentAsync(IssueRef issue, long commentId, string body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        return _comments.EditAsync(issue, commentId, body, cancellationToken);
    }

    public Task ChangeLabelsAsync(IssueRef issue, IReadOnlyCollection<string> add, IReadOnlyCollection<string> remove, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(add);
        ArgumentNullException.ThrowIfNull(remove);
        return _labels.ChangeAsync(issue, add, remove, cancellationToken);
    }

    public Task CloseAsync(IssueRef issue, Proof proof, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return SetStateAsync(issue, new WireState("closed", "completed"), "close the issue", cancellationToken);
    }

    public Task CloseOnWordAsync(MaintainerWord word, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(word);
        return SetStateAsync(word.Issue, new WireState("closed", "completed"), "close the issue", cancellationToken);
    }

    public Task ReopenAsync(IssueRef issue, CancellationToken cancellationToken)
        => SetStateAsync(issue, new WireState("open", null), "reopen the issue", cancellationToken);

    public void Dispose() => _client.Dispose();

    private Task<GitHubAnswer> SetStateAsync(IssueRef issue, WireState state, string what, CancellationToken cancellationToken)
        => _client.SendAsync(
            new GitHubCall(HttpMethod.Patch, RepositoryPath.Of(issue), what, issue.ToString()) { Body = JsonSerializer.Serialize(state, WireJson.Default.WireState) },
            cancellationToken);
}
