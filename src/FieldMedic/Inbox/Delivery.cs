namespace FieldMedic.Inbox;

/// <summary>
/// One notice that something happened at the tracker, by webhook or by polling. Never holds text of people: whoever handles it
/// fetches the issue as it is then, so notices may come late, twice, and in any order.
/// </summary>
/// <param name="Id">The sender's id of this delivery; a redelivery has the same.</param>
/// <param name="Repository"><c>owner/name</c>; null for events that belong to none.</param>
/// <param name="HappenedAt">By the tracker's clock, where it says so.</param>
public sealed record Delivery(string Id, DeliveryKind Kind, string? Repository, int? Issue, long? CommentId, Actor? Actor, DateTimeOffset HappenedAt)
{
    /// <summary>
    /// Names the event itself, whichever way and under whichever id it arrives; null for events that may happen again and that
    /// nobody can tell apart.
    /// </summary>
    public string? Occurrence => Kind switch
    {
        DeliveryKind.IssueOpened => $"opened {Repository}#{Issue}",
        DeliveryKind.CommentCreated => $"comment {Repository}#{CommentId}",
        DeliveryKind.IssueReopened or DeliveryKind.IssueClosed => $"{Kind} {Repository}#{Issue} {HappenedAt.ToUnixTimeSeconds()}",
        _ => null,
    };
}
