using FieldMedic.Incidents;

namespace FieldMedic.Cli;

/// <summary>What the process tells the shell; explained in docs/codes.md.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Findings = 1;
    public const int Escalated = 2;
    public const int CannotObserve = 3;
    public const int DryRunWithPlan = 4;
    public const int Usage = 64;
    public const int Internal = 70;
    public const int TryAgain = 75;
    public const int Interrupted = 130;

    /// <summary>The code of a run: by its outcome, and by whether the system could be observed at all.</summary>
    public static int Of(RunResult result) => result switch
    {
        { Outcome: RunOutcome.Failed } => TryAgain,
        { Outcome: RunOutcome.DryRun, Decision: Decision.Fix or Decision.AwaitApproval } => DryRunWithPlan,
        { Decision: Decision.Escalate { Reason: EscalationReason.CannotObserve } } => CannotObserve,
        { Incident.Report.Escalation: EscalationReason.CannotObserve } => CannotObserve,
        { Outcome: RunOutcome.Closed or RunOutcome.Answered } => Done,
        { Outcome: RunOutcome.DryRun, Decision: Decision.Reply } => Done,
        { Outcome: RunOutcome.Attached, Incident.Outcome: IncidentOutcome.Closed or IncidentOutcome.Answered } => Done,
        _ => Escalated,
    };
}
