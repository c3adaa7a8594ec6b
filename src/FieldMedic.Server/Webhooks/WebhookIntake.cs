using System.Text.RegularExpressions;
using FieldMedic.Inbox;

namespace FieldMedic.Server.Webhooks;

/// <summary>What a genuine webhook means for us: a delivery to accept, or the reason why it is none of our business.</summary>
internal sealed partial class WebhookIntake(IReadOnlyList<string> repositories, TimeProvider time)
{
    /// <exception cref="FormatException">The body is not what GitHub sends with this event.</exception>
    public (Delivery? Delivery, string? Ignored) Judge(string id, string kind, ReadOnlySpan<byte> body)
    {
        if (kind is not ("issues" or "issue_comment" or "ping" or "installation"))
        {
            return (null, "events of this kind are not handled");
        }

        var notice = WebhookReader.Read(body);
        return kind switch
        {
            "ping" => (new Delivery(id, DeliveryKind.Ping, null, null, null, Named(notice.Sender), time.GetUtcNow()), null),
            "installation" => (new Delivery(id, DeliveryKind.Installation, null, null, null, Named(notice.Sender), time.GetUtcNow()), null),
            _ => OfAnIssue(id, kind, notice),
        };
    }

    private (Delivery? Delivery, string? Ignored) OfAnIssue(string id, string kind, WebhookNotice notice)
    {
        // Neither the kind nor the id of a delivery is under the signature: the body has to fit the kind.
        if (notice.Issue is not { } number || notice.Action is null || notice.Repository is null || Named(notice.Sender) is not { } sender || (kind == "issue_comment") != (notice.CommentId is not null))
        {
            throw new FormatException($"The body lacks what every {kind} event has (action, repository, sender, issue{(kind == "issues" ? ", and no comment" : ", comment")}).");
        }

        DeliveryKind? happened = (kind, notice.Action) switch
        {
            ("issues", "opened") => DeliveryKind.IssueOpened,
            ("issues", "reopened") => DeliveryKind.IssueReopened,
            ("issues", "edited") => DeliveryKind.IssueEdited,
            ("issues", "labeled") => DeliveryKind.IssueLabeled,
            ("issues", "closed") => DeliveryKind.IssueClosed,
            ("issue_comment", "created") => DeliveryKind.CommentCreated,
            _ => null,
        };
        // As we write it: GitHub takes either case.
        var repository = repositories.FirstOrDefault(r => string.Equals(notice.Repository, r, StringComparison.OrdinalIgnoreCase));
        return happened switch
        {
            null => (null, "this action is not handled"),
            _ when repository is null => (null, "this repository is not the configured one"),
            _ when notice.IsPullRequest => (null, "it is about a pull request"),
            _ when sender.IsBot => (null, "a bot did it"),
            { } known => (new Delivery(id, known, repository, number, notice.CommentId, sender, notice.UpdatedAt ?? time.GetUtcNow()), null),
        };
    }

    private static Actor? Named(Actor? sender) => sender is null || (Login().IsMatch(sender.Login) && sender.Type is "User" or "Bot" or "Organization" or "Mannequin" or "EnterpriseUserAccount")
        ? sender
        : throw new FormatException("sender is no account of GitHub.");

    [GeneratedRegex(@"\A[A-Za-z0-9_\-\[\]]{1,100}\z")]
    private static partial Regex Login();
}
