using FieldMedic.GitHub.Http;
using FieldMedic.GitHub.Wire;
using FieldMedic.Incidents;
using FieldMedic.Tracker;

namespace FieldMedic.GitHub.Issues;

/// <summary>Reads an issue with its comments and history.</summary>
internal sealed class IssueReader(GitHubClient client, WhoWeAre who, CommentWriter comments)
{
    private const string Ghost = "ghost";

    public async Task<Issue> ReadAsync(IssueRef issue, CancellationToken cancellationToken)
    {
        var path = RepositoryPath.Of(issue);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = client.ReadAsync(new GitHubCall(HttpMethod.Get, path, "read the issue", issue.ToString()), WireJson.Default.WireIssue, stop.Token);
        var account = who.GetAsync(stop.Token);
        var talk = comments.ReadAsync(issue, stop.Token);
        var history = client.ReadAllAsync(
            new GitHubCall(HttpMethod.Get, $"{path}/events", "read the history", issue.ToString()), WireJson.Default.ListWireEvent, stop.Token);
        try
        {
            return Make(issue, await reading.ConfigureAwait(false), await talk.ConfigureAwait(false), await history.ConfigureAwait(false), await account.ConfigureAwait(false));
        }
        catch
        {
            // The others would go on retrying for a minute, and nobody would look at how they ended.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(account, reading, talk, history).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private static Issue Make(IssueRef issue, WireIssue read, IEnumerable<WireComment> talk, IEnumerable<WireEvent> events, Account us)
    {
        if (read.PullRequest is not null)
        {
            throw new TrackerException(TrackerFailure.Invalid, $"{issue} is a pull request, not an issue. Give the number of an issue.");
        }

        var past = IssueHistory.From(events, us);
        var isOpen = read.State == "open";
        return new Issue(
            issue,
            read.Title,
            read.Body ?? "",
            read.User?.Login ?? Ghost,
            isOpen,
            [.. (read.Labels ?? []).Select(label => label.Name)],
            [.. talk.Select(c => new IssueComment(c.Id, c.User?.Login ?? Ghost, us.Is(c.User), c.User?.Type == "Bot", c.Body ?? "", c.CreatedAt) { UpdatedAt = c.UpdatedAt })],
            read.HtmlUrl,
            past.HumanReopened,
            past.LastReopenedAt)
        {
            ClosedByUs = !isOpen && past.LastClosedByUs,
            LabelledBy = past.LabelledBy,
            Deeds = past.Deeds,
        };
    }
}
