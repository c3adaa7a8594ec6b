using FieldMedic.Incidents;

namespace FieldMedic.Tracker;

/// <summary>
/// Where people complain and read the answer. Every failure is a <see cref="TrackerException"/>; calls that are safe to
/// repeat are retried inside, creations are not (two comments are worse than none).
/// </summary>
public interface IIssueTracker
{
    /// <summary>
    /// False where a comment, once written, can be neither found again nor edited. Then nothing is written before the final report, and
    /// that once: <see cref="Issue.CommentCount"/> tells a later run whether it is there.
    /// </summary>
    bool CanEditComments => true;

    /// <summary>The issue with all comments and who closed and reopened it.</summary>
    Task<Issue> GetIssueAsync(IssueRef issue, CancellationToken cancellationToken);

    /// <summary>What an account may do in the issue's repository, by the tracker's own word. A name or a badge is no such word.</summary>
    Task<RepositoryRole> RoleOfAsync(IssueRef issue, string login, CancellationToken cancellationToken);

    /// <summary>Puts a reaction under a comment, or under the issue itself when <paramref name="commentId"/> is null. Twice is the same as once.</summary>
    Task ReactAsync(IssueRef issue, long? commentId, Reaction reaction, CancellationToken cancellationToken);

    /// <summary>Creates a comment and gives its id.</summary>
    Task<long> CreateCommentAsync(IssueRef issue, string body, CancellationToken cancellationToken);

    /// <summary>Replaces the text of a comment of ours.</summary>
    Task EditCommentAsync(IssueRef issue, long commentId, string body, CancellationToken cancellationToken);

    /// <summary>Adds and removes labels; other labels stay. Labels that do not exist are created.</summary>
    Task ChangeLabelsAsync(IssueRef issue, IReadOnlyCollection<string> add, IReadOnlyCollection<string> remove, CancellationToken cancellationToken);

    /// <summary>Closes as completed. The one close transition of our own: it takes a proof.</summary>
    Task CloseAsync(IssueRef issue, Proof proof, CancellationToken cancellationToken);

    /// <summary>Closes because a maintainer said so. Nothing is proved by it, and nothing may say that it is.</summary>
    Task CloseOnWordAsync(MaintainerWord word, CancellationToken cancellationToken);

    /// <summary>Reopens after a relapse, or when the reporter says that it is still broken.</summary>
    Task ReopenAsync(IssueRef issue, CancellationToken cancellationToken);
}
