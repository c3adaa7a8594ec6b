using FieldMedic.Incidents;

namespace FieldMedic.Report;

/// <summary>What each reason for an escalation says, asks for and is labelled with.</summary>
internal sealed record EscalationWording(string Headline, string NextStep, string Label, bool Mentions)
{
    private const string Admin = "needs-admin";
    private const string Review = "needs-manual-review";

    public static EscalationWording For(EscalationReason reason) => reason switch
    {
        EscalationReason.CannotObserve => new("I cannot observe the system, so I changed nothing", "Check that the machine and its Docker daemon answer, then run FieldMedic again.", Admin, true),
        EscalationReason.PartlyUnobserved => new("Some problems could be neither confirmed nor ruled out", "Look at the parts listed under \"Not checked\".", Admin, true),
        EscalationReason.NotReproduced => new("I measured the system and found nothing wrong", "Please tell us: what did you do, what did you expect, what happened instead, at what time (with time zone), and which project and app version? A person will look at it.", Review, false),
        EscalationReason.NotExplained => new("What I repaired does not explain what is described here", "A person has to look at the rest.", Review, true),
        EscalationReason.NotFixable => new("The cause needs a person", "See the diagnosis.", Admin, true),
        EscalationReason.RemediesExhausted => new("Every remedy on the list was tried and the problem is still there", "Look at the logs of the service named in the diagnosis.", Admin, true),
        EscalationReason.AttemptsSpent => new("The budget of attempts for one incident is spent", "Look at the service named in the diagnosis before anything is tried again.", Admin, true),
        EscalationReason.LimitReached => new("A safety limit stopped me", "Find out why the same remedy is needed so often; then run FieldMedic again.", Admin, true),
        EscalationReason.LimitUnreadable => new("A safety limit could not be read, so I did nothing", "Check FieldMedic's own store (`fieldmedic doctor`).", Admin, true),
        EscalationReason.TooManySick => new("Too many services are sick at once for an automatic repair", "Check the machine as a whole (power, disk, a deployment in progress).", Admin, true),
        EscalationReason.BreakerOpen => new("Recent repairs failed in a row, so I stopped trying", "Look at the last incidents (`fieldmedic incidents`).", Admin, true),
        EscalationReason.Paused => new("Automatic repairs are paused", "Run `fieldmedic resume` when they may go on.", Admin, true),
        EscalationReason.Unverifiable => new("It could not be proved that the system is well", "Check by hand whether the problem is gone.", Admin, true),
        EscalationReason.Regressed => new("Something that worked before does not work now", "Look at the service named in the verification first.", Admin, true),
        EscalationReason.Relapsed => new("The problem came back after I closed this issue", "The repair did not reach the cause; a person has to.", Admin, true),
        EscalationReason.HumanReopened => new("It is repaired and verified; as a person reopened this issue before, only a person closes it", "Close the issue if you agree.", Review, true),
        EscalationReason.PlanChanged => new("Another plan than the one that was shown is needed", "Look at the new plan, then let it run.", Admin, true),
        _ => new("This needs a person, whatever the system's state", "A person will answer.", Review, true),
    };

    /// <summary>All labels that say how an issue stands; setting one removes the others.</summary>
    public static IReadOnlyList<string> AllLabels { get; } = ["resolved", "escalated", Admin, Review, "needs-developer"];
}
