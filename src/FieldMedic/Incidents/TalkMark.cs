namespace FieldMedic.Incidents;

/// <summary>How far the talk on an issue had come: the newest comment's id, 0 for none. Ids, because clocks differ.</summary>
public sealed record TalkMark(IssueRef Issue, long LastComment);
