using FieldMedic.Chat;
using FieldMedic.Incidents;
using FieldMedic.Tracker;

namespace FieldMedic.Approve;

/// <summary>
/// The maintainer's word in a comment: <c>/medic approve</c> as its one command, or <c>/medic resume</c> where the plan waits only for them. Only that it stands there is used, never a text of the
/// comment; one that was edited says what somebody else may have written.
/// </summary>
internal static class ApprovalCommand
{
    /// <summary>Comments of bots, and our own reports, give no commands. A person may share the account we write with.</summary>
    /// <param name="waiting">What waits for it.</param>
    public static bool IsIn(IssueComment comment, Decision.AwaitApproval? waiting)
        => comment is { IsBot: false, IsEdited: false }
            && !(comment.IsOurs && comment.Body.StartsWith(CommentMarker.Start, StringComparison.Ordinal))
            && CommandReader.Read(comment.Body) is [var word]
            && (word == "approve" || (word == "resume" && waiting is { Human: not null }));
}
