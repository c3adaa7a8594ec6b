namespace GitHubSimulator.State;

/// <summary>What tests and the demo do without a request, as a person with every right.</summary>
public sealed partial class TrackerStore
{
    /// <summary>Opens an issue as <paramref name="login"/> in <paramref name="repository"/> (<c>owner/name</c>).</summary>
    public Issue OpenIssue(string repository, string login, string title, string? body = null, params string[] labels) =>
        As(repository, login, (now, change) => now.Open(new IssueDraft(title, body, labels, [], null), change));

    /// <summary>Changes title and text of an issue as <paramref name="login"/>.</summary>
    public Issue EditIssue(string repository, int number, string login, string title, string body) =>
        As(repository, login, (now, change) => now.Edit(number, new IssuePatch { Title = title, SetsBody = true, Body = body }, change));

    /// <summary>Writes a comment as <paramref name="login"/>.</summary>
    public Comment AddComment(string repository, int number, string login, string body) =>
        As(repository, login, (now, change) => now.AddComment(number, body, change));

    /// <summary>Changes a comment as <paramref name="login"/>.</summary>
    public Comment EditComment(string repository, long commentId, string login, string body) =>
        As(repository, login, (now, change) => now.EditComment(commentId, body, change));

    /// <summary>Deletes a comment as <paramref name="login"/>.</summary>
    public void DeleteComment(string repository, long commentId, string login) =>
        As(repository, login, (now, change) => now.DeleteComment(commentId, change));

    /// <summary>Puts a label on an issue as <paramref name="login"/>.</summary>
    public Issue AddLabel(string repository, int number, string login, string label) =>
        As(repository, login, (now, change) => now.AddLabels(number, [label], change));

    /// <summary>Takes a label off an issue as <paramref name="login"/>.</summary>
    public Issue RemoveLabel(string repository, int number, string login, string label) =>
        As(repository, login, (now, change) => now.RemoveLabel(number, label, change));

    /// <summary>Gives an issue to somebody, as <paramref name="login"/>.</summary>
    public Issue AssignIssue(string repository, int number, string login, string assignee) =>
        As(repository, login, (now, change) => now.Edit(number, new IssuePatch { Assignees = [assignee] }, change));

    /// <summary>Closes an issue as <paramref name="login"/>.</summary>
    public Issue CloseIssue(string repository, int number, string login, string reason = IssueStates.Completed) =>
        As(repository, login, (now, change) =>
            now.Edit(number, new IssuePatch { State = IssueStates.Closed, StateReason = reason }, change));

    /// <summary>Reopens an issue as <paramref name="login"/>.</summary>
    public Issue ReopenIssue(string repository, int number, string login) =>
        As(repository, login, (now, change) => now.Edit(number, new IssuePatch { State = IssueStates.Open }, change));

    /// <summary>Makes a milestone and gives it to the issue.</summary>
    public Issue SetMilestone(string repository, int number, string login, string title) =>
        As(repository, login, (now, change) =>
        {
            var (with, milestone) = now.CreateMilestone(title, null, change);
            return with.Edit(number, new IssuePatch { SetsMilestone = true, Milestone = milestone.Required().Number }, change);
        });

    /// <summary>The issue as it is now.</summary>
    /// <exception cref="KeyNotFoundException">There is no such issue.</exception>
    public Issue GetIssue(string repository, int number) => Get(RepositoryName.Parse(repository)).Issues[number];

    /// <summary>All issues, oldest first.</summary>
    public IReadOnlyList<Issue> GetIssues(string repository) => [.. Get(RepositoryName.Parse(repository)).Issues.Values];

    /// <summary>Names of the labels on an issue.</summary>
    public IReadOnlyList<string> LabelsOf(string repository, int number)
    {
        var now = Get(RepositoryName.Parse(repository));
        return [.. now.LabelsOf(now.Issues[number]).Select(label => label.Name)];
    }

    /// <summary>Title of the milestone of an issue, or null.</summary>
    public string? MilestoneOf(string repository, int number)
    {
        var now = Get(RepositoryName.Parse(repository));
        return now.MilestoneOf(now.Issues[number])?.Title;
    }

    /// <summary>Waits until an issue is as wished, and returns it. No polling: every change is looked at.</summary>
    public async Task<Issue> WhenIssueAsync(string repository, int number, Func<Issue, bool> isAsWished, CancellationToken cancellationToken)
    {
        var name = RepositoryName.Parse(repository);
        var reached = new TaskCompletionSource<Issue>(TaskCreationOptions.RunContinuationsAsynchronously);
        Changed += Look;
        try
        {
            Look(this, Get(name));
            return await reached.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Changed -= Look;
        }

        void Look(object? sender, Repository now)
        {
            if (RepositoryName.From(now.Owner, now.Name)!.Equals(name) && now.Issue(number) is { } issue && isAsWished(issue))
            {
                reached.TrySetResult(issue);
            }
        }
    }

    private T As<T>(string repository, string login, Func<Repository, Change, (Repository, Outcome<T>)> apply)
        where T : class =>
        Change(RepositoryName.Parse(repository), login, Permission.Admin, apply).Required();
}
