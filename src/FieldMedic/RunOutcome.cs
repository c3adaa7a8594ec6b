namespace FieldMedic;

/// <summary>How one run of a command ended. <c>outcome</c> in <c>--json</c>, in snake_case.</summary>
public enum RunOutcome
{
    /// <summary>Fixed, proved, closed (or, without an issue, fixed and proved).</summary>
    Closed,

    /// <summary>Answered with numbers and closed.</summary>
    Answered,

    /// <summary>A person is needed.</summary>
    Escalated,

    /// <summary>The bot stood back.</summary>
    Held,

    /// <summary>Another process works on this trouble; the issue was added to its incident.</summary>
    Attached,

    /// <summary>Nothing was changed anywhere.</summary>
    DryRun,

    /// <summary>The run could not be finished (tracker or store out of reach); it can be run again.</summary>
    Failed,
}
