namespace FieldMedic.Inbox;

/// <summary>What happened. Stored by name: never rename one.</summary>
public enum DeliveryKind
{
    /// <summary>The tracker tries whether we can be reached.</summary>
    Ping,

    /// <summary>An App was installed, removed, suspended.</summary>
    Installation,

    IssueOpened,

    IssueReopened,

    IssueEdited,

    IssueLabeled,

    IssueClosed,

    CommentCreated,
}
