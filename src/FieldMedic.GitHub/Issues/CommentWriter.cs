using System.Text.Json;
using FieldMedic.GitHub.Http;
using FieldMedic.GitHub.Wire;
using FieldMedic.Incidents;
using FieldMedic.Tracker;

namespace FieldMedic.GitHub.Issues;

/// <summary>Writes comments, each once.</summary>
internal sealed class CommentWriter(GitHubClient client, WhoWeAre who)
{
    public async Task<long> CreateAsync(IssueRef issue, string body, CancellationToken cancellationToken)
    {
        var text = CommentText.Cut(body);
        var call = new GitHubCall(HttpMethod.Post, $"{RepositoryPath.Of(issue)}/comments", "write a comment", issue.ToString())
        {
            Body = Json(text),
            IsRepeatable = false,
        };
        try
        {
            var comment = await client.ReadAsync(call, WireJson.Default.WireComment, cancellationToken).ConfigureAwait(false);
            return comment.Id;
        }
        catch (TrackerException e) when (e.Failure == TrackerFailure.Unavailable)
        {
            // It may have been written although the answer was lost. Posting again could make two.
            if (await FindAsync(issue, text, cancellationToken).ConfigureAwait(false) is { } id)
            {
                return id;
            }

            throw;
        }
    }

    public Task EditAsync(IssueRef issue, long id, string body, CancellationToken cancellationToken)
        => client.SendAsync(
            new GitHubCall(HttpMethod.Patch, RepositoryPath.Comment(issue, id), "edit the comment", issue.ToString()) { Body = Json(CommentText.Cut(body)) },
            cancellationToken);

    public Task<IReadOnlyList<WireComment>> ReadAsync(IssueRef issue, CancellationToken cancellationToken)
        => client.ReadAllAsync(
            new GitHubCall(HttpMethod.Get, $"{RepositoryPath.Of(issue)}/comments", "read the comments", issue.ToString()),
            WireJson.Default.ListWireComment,
            cancellationToken);

    private async Task<long?> FindAsync(IssueRef issue, string text, CancellationToken cancellationToken)
    {
        try
        {
            var us = await who.GetAsync(cancellationToken).ConfigureAwait(false);
            var marker = CommentText.Marker(text);
            var comments = await ReadAsync(issue, cancellationToken).ConfigureAwait(false);
            var found = comments.LastOrDefault(c => us.Is(c.User) && c.Body is { } body
                && (marker is null ? body == text : CommentText.Marker(body) == marker));
            if (found is not null && found.Body != text)
            {
                await EditAsync(issue, found.Id, text, cancellationToken).ConfigureAwait(false);
            }

            return found?.Id;
        }
        catch (TrackerException)
        {
            // The first failure says more.
            return null;
        }
    }

    private static string Json(string text) => JsonSerializer.Serialize(new WireText(text), WireJson.Default.WireText);
}
