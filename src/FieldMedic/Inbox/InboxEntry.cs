namespace FieldMedic.Inbox;

/// <summary>An accepted delivery and its place in the order of acceptance.</summary>
public sealed record InboxEntry(long Sequence, Delivery Delivery);
