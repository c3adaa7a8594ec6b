namespace FieldMedic.Chat;

/// <summary>What became of a comment.</summary>
public enum ChatOutcome
{
    /// <summary>It is no command, it is our own or a bot's, or it is gone: nothing was done and nothing written.</summary>
    Ignored,

    /// <summary>Done and answered.</summary>
    Done,

    /// <summary>Not done, and said so on the issue.</summary>
    Refused,

    /// <summary>It was answered before; nothing was written again.</summary>
    Repeated,

    /// <summary>The tracker or the store did not answer. The same call may be made again.</summary>
    Failed,
}
