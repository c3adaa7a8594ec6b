using FieldMedic.Tracker;

namespace FieldMedic.Approve;

/// <summary>
/// The maintainer's word in a comment: its first line is <c>/medic approve</c> and nothing else. Quotes, code and a mention
/// further down are talk about it. Only that this line stands there is used, never a text of the comment.
/// </summary>
internal static class ApprovalCommand
{
    private const string Word = "/medic approve";

    /// <summary>Comments of bots, and our own reports, give no commands. A person may share the account we write with.</summary>
    public static bool IsIn(IssueComment comment)
        => !comment.IsBot
            && !(comment.IsOurs && comment.Body.StartsWith(CommentMarker.Start, StringComparison.Ordinal))
            && FirstLine(comment.Body).Equals(Word, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> FirstLine(string body)
    {
        var text = body.AsSpan().TrimStart("\r\n");
        var end = text.IndexOfAny('\r', '\n');
        var line = (end < 0 ? text : text[..end]).TrimEnd();
        return line;
    }
}
