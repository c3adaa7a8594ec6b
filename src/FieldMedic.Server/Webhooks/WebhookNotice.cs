using FieldMedic.Inbox;

namespace FieldMedic.Server.Webhooks;

/// <summary>The few fields of a webhook's body that are read. All of them are untrusted; none is text that people wrote.</summary>
internal sealed record WebhookNotice
{
    public string? Action { get; set; }

    public string? Repository { get; set; }

    public int? Issue { get; set; }

    public bool IsPullRequest { get; set; }

    public DateTimeOffset? UpdatedAt { get; set; }

    public long? CommentId { get; set; }

    public Actor? Sender { get; set; }
}
