using FieldMedic.Chat;
using FieldMedic.Packs;
using FieldMedic.Tracker;

namespace FieldMedic.Intake;

/// <summary>
/// Something a person did on an issue from which it can be seen whether they have it in hand or leave it to us. Whether they count is for
/// the tracker to say: here it is only who, when and what, never a text.
/// </summary>
/// <param name="IsGoAhead">They told us to go on.</param>
internal sealed record HumanSign(string By, DateTimeOffset At, bool IsGoAhead)
{
    /// <summary>Newest first. Not the reporter's, not those of bots, not ours; an order to us is no work on the issue, and neither is a label that is one.</summary>
    public static IEnumerable<HumanSign> On(Issue issue, PolicySpec policy)
        => issue.Comments.Select(c => OfComment(c, issue)).Concat(issue.Deeds.Select(d => OfDeed(d, issue, policy)))
            .OfType<HumanSign>()
            .OrderBy(s => s.At)
            .Reverse();

    private static HumanSign? OfComment(IssueComment comment, Issue issue)
    {
        // A person may share the account we write with.
        if (comment.IsBot || (comment.IsOurs && comment.Body.StartsWith(CommentMarker.Start, StringComparison.Ordinal)))
        {
            return null;
        }

        return CommandReader.Read(comment.Body) switch
        {
            ["approve" or "resume" or "retry"] when !comment.IsEdited => new HumanSign(comment.Author, comment.CreatedAt, true),
            [_, ..] => null,
            // "Still broken" asks us to look again.
            _ when comment.Author == issue.Author || DisputeDesk.IsDispute(comment.Body) => null,
            _ => new HumanSign(comment.Author, comment.CreatedAt, false),
        };
    }

    private static HumanSign? OfDeed(IssueDeed deed, Issue issue, PolicySpec policy)
    {
        var isOrder = deed.Label is { } label && new[] { policy.HoldLabel, policy.TriggerLabel }.Contains(label, StringComparer.OrdinalIgnoreCase);
        return deed.IsOurs || deed.IsBot || deed.By == issue.Author || isOrder ? null : new HumanSign(deed.By, deed.At, false);
    }
}
