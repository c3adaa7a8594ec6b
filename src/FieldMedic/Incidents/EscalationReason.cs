namespace FieldMedic.Incidents;

/// <summary>Why a person is needed. Each has wording, a label and a next step in the report.</summary>
public enum EscalationReason
{
    /// <summary>A required probe failed: nothing is known, so nothing is done.</summary>
    CannotObserve,

    /// <summary>No required probe failed, but some problem could be neither confirmed nor ruled out.</summary>
    PartlyUnobserved,

    /// <summary>Nothing wrong was measured.</summary>
    NotReproduced,

    /// <summary>Something was wrong and was fixed, but it does not explain what the reporter described.</summary>
    NotExplained,

    /// <summary>The root problem has no remedy on the allow-list.</summary>
    NotFixable,

    /// <summary>Every applicable remedy was tried and the problem is still there.</summary>
    RemediesExhausted,

    /// <summary>The incident's budget of attempts is spent.</summary>
    AttemptsSpent,

    /// <summary>Cooldown, attempts per window or the hourly cap.</summary>
    LimitReached,

    /// <summary>A limit could not be read, so it counts as reached.</summary>
    LimitUnreadable,

    /// <summary>More services are sick than one repair should touch.</summary>
    TooManySick,

    /// <summary>Recent repairs failed in a row.</summary>
    BreakerOpen,

    /// <summary>An operator pulled the kill switch.</summary>
    Paused,

    /// <summary>It works, or may work, but that could not be measured.</summary>
    Unverifiable,

    /// <summary>Something else got worse during the repair.</summary>
    Regressed,

    /// <summary>The problem came back after the close.</summary>
    Relapsed,

    /// <summary>It was fixed, but a human reopened this issue before: only a human closes it.</summary>
    HumanReopened,

    /// <summary>The text asks for something only a person can do (a feature, a permission, a change of configuration).</summary>
    NotOurs,

    /// <summary>The run was allowed one plan that was shown before, and another one is needed.</summary>
    PlanChanged,
}
