using FieldMedic.Incidents;

namespace FieldMedic.Tracker;

/// <summary>
/// Somebody with write access said on the issue that it is to be closed. It is no proof and can never stand for one: the two share no type,
/// no event and no label. Only the chat desk makes it, after it has asked the tracker for that person's role (a layout test holds that).
/// </summary>
public sealed record MaintainerWord
{
    private MaintainerWord(IssueRef issue, long commentId, string by) => (Issue, CommentId, By) = (issue, commentId, by);

    public IssueRef Issue { get; }

    /// <summary>The comment that says it.</summary>
    public long CommentId { get; }

    public string By { get; }

    internal static MaintainerWord Take(IssueRef issue, IssueComment comment, RepositoryRole role)
        => role >= RepositoryRole.Write && comment is { IsBot: false, IsEdited: false }
            ? new MaintainerWord(issue, comment.Id, comment.Author)
            : throw new InvalidOperationException("Only an unedited comment of somebody with write access is a maintainer's word.");
}
