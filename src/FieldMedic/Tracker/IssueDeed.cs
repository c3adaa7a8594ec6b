namespace FieldMedic.Tracker;

/// <summary>Something that was done to an issue beside writing: a label was put on or taken off, or it was given to somebody or taken away.</summary>
/// <param name="IsOurs">Decided by the account that did it, never by its name.</param>
/// <param name="Label">Null when it is about who has the issue.</param>
public sealed record IssueDeed(string By, bool IsOurs, bool IsBot, DateTimeOffset At, string? Label);
