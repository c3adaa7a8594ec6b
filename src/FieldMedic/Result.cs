using FieldMedic.Incidents;

namespace FieldMedic;

/// <summary>What a driven incident means for the one who asked: for an issue, how that issue stands.</summary>
internal static class Result
{
    public static RunResult Of(Incident incident, IssueRef? issue)
    {
        var state = issue is null ? null : incident.Issues.FirstOrDefault(i => i.Issue == issue);
        var (outcome, message) = incident switch
        {
            { Deferred: { } why, IsOver: false } => (RunOutcome.Failed, $"The work is done and kept in incident {incident.Id}, but the issue could not be told: {why} Run the same command again."),
            { Stage: IncidentStage.AwaitApproval, Decision: Decision.AwaitApproval { Human: not null } }
                => (RunOutcome.Held, "A maintainer is at work on the issue, so the plan waits for a word: '/medic approve' or '/medic resume' on the issue (then run this again), or you run it with --approve."),
            { Stage: IncidentStage.AwaitApproval } => (RunOutcome.Held, "A plan is ready and waits for approval: a maintainer comments '/medic approve' on the issue (then run this again), or you run it with --approve."),
            { Outcome: IncidentOutcome.Held } => (RunOutcome.Held, "A person is at work on the issue: standing back."),
            { Outcome: IncidentOutcome.Closed } when state is null or { Closed: true } => (RunOutcome.Closed, "Fixed and verified."),
            { Outcome: IncidentOutcome.Answered } when state is null or { Closed: true } => (RunOutcome.Answered, "The system is healthy."),
            { Outcome: IncidentOutcome.Closed or IncidentOutcome.Answered } when state is { Settled: true, Escalated: false }
                => (RunOutcome.Held, "A person closed the issue, put it on hold or is at work on it: it was left as it is."),
            _ => (RunOutcome.Escalated, Escalated(incident)),
        };
        return new RunResult(outcome, incident, message) { Decision = incident.Decision };
    }

    private static string Escalated(Incident incident) => incident.Report is { Escalation: { } reason, Detail: var detail }
        ? $"Escalated ({reason}): {detail}"
        : "Escalated: the issue stays open.";
}
