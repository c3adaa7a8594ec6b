namespace FieldMedic.Incidents;

/// <summary>A maintainer has taken an issue in hand: what they last did there, and when, by the tracker's word.</summary>
public sealed record HumanAtWork(IssueRef Issue, string By, DateTimeOffset At);
