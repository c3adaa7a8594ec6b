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

    /// <summary>Whether an account may write to the issue's repository, by the tracker's own word. A name or a badge is no such word.</summary>
    Task<bool> MayWriteAsync(IssueRef issue, string login, CancellationToken cancellationToken);

    /// <summary>Creates a comment and gives its id.</summary>
    Task<long> CreateCommentAsync(IssueRef issue, string body, CancellationToken cancellationToken);

    /// <summary>Replaces the text of a comment of ours.</summary>
    Task EditCommentAsync(IssueRef issue, long commentId, string body, CancellationToken cancellationToken);

    /// <summary>Adds and removes labels; other labels stay. Labels that do not exist are created.</summary>
    Task ChangeLabelsAsync(IssueRef issue, IReadOnlyCollection<string> add, IReadOnlyCollection<string> remove, CancellationToken cancellationToken);

    /// <summary>Closes as completed. The one close transition: it takes a proof.</summary>
    Task CloseAsync(IssueRef issue, Proof proof, CancellationToken cancellationToken);

    /// <summary>Reopens after a relapse.</summary>
    Task ReopenAsync(IssueRef issue, CancellationToken cancellationToken);
}
