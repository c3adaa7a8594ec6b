using System.Collections.Immutable;
using FieldMedic.Journal;

namespace FieldMedic.Incidents;

/// <summary>What each event means for the case file, and which stage comes next. Pure; unknown combinations change nothing.</summary>
internal static class IncidentFold
{
    public static Incident Apply(Incident incident, JournalEntry entry) => entry.Event switch
    {
        IncidentEvent.IncidentOpened e => Opened(incident, e),
        IncidentEvent.IssueAttached e => Attach(incident, new IssueState(e.Issue, e.Complaint, e.HumanReopened)),
        IncidentEvent.FlowResumed => Resumed(incident),
        IncidentEvent.Diagnosed e => Diagnosed(incident, e),
        IncidentEvent.Decided e => Decided(incident, e.Decision),
        IncidentEvent.PlanShown e => incident with { PlanShown = [.. e.On] },
        IncidentEvent.ApprovalGiven => Approved(incident),
        IncidentEvent.ApprovalRefused e => incident with { RefusedApprovals = incident.RefusedApprovals.Add(e) },
        IncidentEvent.ActionStarted e => incident with
        {
            OpenAction = e.Action,
            Actions = incident.Actions.Add(new ActionRecord(e.Action, entry.At, null, "", null)),
        },
        IncidentEvent.ActionFinished e => Finished(incident, e),
        IncidentEvent.ActionCutOff e when e.Action == incident.OpenAction => LookAgain(Close(incident, e.Action, null, $"outcome unknown: {e.Detail}", e.Elapsed) with { CutOff = CutOff.Of(incident, e.Action) }),
        IncidentEvent.ActionRefused e => incident with { Refusal = e, Plan = null, Stage = IncidentStage.Decide },
        IncidentEvent.Stabilized e => incident with { Stabilized = e, Stage = IncidentStage.Verify },
        IncidentEvent.Verified e => Verified(incident, e),
        IncidentEvent.ReportPrepared e => incident with { Report = e, Outcome = e.Outcome, Stage = IncidentStage.Report },
        IncidentEvent.ReportAnnounced e => ForIssue(incident, e.Issue, i => i with { CommentsBefore = e.CommentsBefore }),
        IncidentEvent.ReportPosted e => ForIssue(incident, e.Issue, i => i with { CommentId = e.CommentId, Posted = true, Settled = i.Settled || incident.Outcome == IncidentOutcome.Held }),
        IncidentEvent.ProofExpired => incident with
        {
            Report = null,
            Proof = null,
            Verified = null,
            Outcome = null,
            Stage = IncidentStage.Stabilize,
            // What stands on an issue that is not settled claims a proof that no longer counts: it has to be written anew.
            Issues = [.. incident.Issues.Select(i => i.Settled ? i : i with { Posted = false, CommentsBefore = null })],
        },
        IncidentEvent.IssueLeft e => ForIssue(incident, e.Issue, i => i with { Left = e.Why, Settled = true }),
        IncidentEvent.IssueClosed e => ForIssue(incident, e.Issue, i => i with { Closed = true, Settled = true }),
        IncidentEvent.Escalated e => ForIssue(incident, e.Issue, i => i with { Escalated = true, Settled = true, Reason = e.Reason }),
        IncidentEvent.ReportDeferred e => incident with { Deferred = e.Reason },
        IncidentEvent.WatchStarted e => incident with { WatchUntil = e.Until, Stage = IncidentStage.Watch },
        IncidentEvent.WatchEnded => incident with { Stage = IncidentStage.Watch, WatchUntil = null },
        IncidentEvent.Relapsed e => Relapsed(incident, e),
        IncidentEvent.IssueReopened e => ForIssue(incident, e.Issue, i => i with { Closed = false }),
        IncidentEvent.CommandAnswered e => incident with { Commands = incident.Commands.Add(e) },
        IncidentEvent.ClosedOnWord e => ForIssue(incident, e.Issue, i => i with { ClosedOnWordOf = e.By, Closed = false, Settled = true }),
        IncidentEvent.ClosureDisputed e => ForIssue(incident, e.Issue, i => i with { Disputed = true, DisputedBy = e.CommentId, Closed = false }),
        IncidentEvent.IncidentEnded e => incident with { Outcome = e.Outcome, Stage = IncidentStage.Over },
        _ => incident,
    };

    private static Incident Opened(Incident incident, IncidentEvent.IncidentOpened e)
    {
        var opened = incident with
        {
            System = e.System,
            OnlyProblem = e.OnlyProblem,
            OnlyService = e.OnlyService,
            OnlyPlan = e.OnlyPlan,
            NeedsApproval = e.NeedsApproval == true,
            Follows = e.Follows,
            Stage = IncidentStage.Diagnose,
        };
        return e.Issue is null ? opened : Attach(opened, new IssueState(e.Issue, e.Complaint, e.HumanReopened));
    }

    private static Incident Attach(Incident incident, IssueState issue)
        => incident.Issues.Any(i => i.Issue == issue.Issue) ? incident : incident with { Issues = incident.Issues.Add(issue) };

    /// <summary>Whatever was in progress, the world may have changed: look again before doing anything.</summary>
    private static Incident Resumed(Incident incident)
    {
        var unknown = incident.OpenAction is null
            ? incident
            : Close(incident, incident.OpenAction, null, "outcome unknown: the process ended before it was recorded", null) with { CutOff = CutOff.Of(incident, incident.OpenAction) };
        return incident.Stage is IncidentStage.Decide or IncidentStage.Remedy or IncidentStage.Stabilize or IncidentStage.Verify
            ? LookAgain(unknown)
            : unknown;
    }

    private static Incident LookAgain(Incident incident) => Unstarted(incident) with { Stage = IncidentStage.Diagnose };

    /// <summary>The plan in progress is dropped and its rung not used up: what is observed next decides whether it is needed again.</summary>
    private static Incident Unstarted(Incident incident) => incident with
    {
        Tried = incident.Plan is { } plan ? incident.Tried.Remove($"{plan.Finding}:{plan.Remedy}") : incident.Tried,
        Plan = null,
    };

    private static Incident Diagnosed(Incident incident, IncidentEvent.Diagnosed e)
    {
        var found = incident.Found.AddRange(e.Findings.Where(f => incident.Found.All(known => known.Key != f.Key)));
        var isFirstRed = incident.Found.IsEmpty && e.Findings.Count > 0;
        return incident with
        {
            Before = incident.Before is null || (isFirstRed && !incident.HasActed) ? e.Snapshot : incident.Before,
            Latest = e.Snapshot,
            Findings = [.. e.Findings],
            Found = found,
            Undecided = [.. e.Undecided],
            Refusal = null,
            CutOff = null,
            Stage = IncidentStage.Decide,
        };
    }

    private static Incident Decided(Incident incident, Decision decision)
    {
        var isNewAttempt = decision is Decision.Fix or Decision.Confirm or Decision.Reply;
        var decided = incident with
        {
            Decision = decision,
            Stabilized = isNewAttempt ? null : incident.Stabilized,
            Verified = isNewAttempt ? null : incident.Verified,
        };
        return decision switch
        {
            Decision.Fix fix => decided with
            {
                Plan = fix.Plan,
                Attempts = incident.Attempts + 1,
                Tried = incident.Tried.Add($"{fix.Plan.Finding}:{fix.Plan.Remedy}"),
                Stage = IncidentStage.Remedy,
            },
            Decision.AwaitApproval => Unstarted(decided) with { PlanShown = [], RefusedApprovals = [], Stage = IncidentStage.AwaitApproval },
            Decision.Confirm => decided with { Stage = IncidentStage.Stabilize },
            Decision.Reply => decided with { Stage = IncidentStage.Verify },
            _ => decided with { Stage = IncidentStage.Report },
        };
    }

    /// <summary>Look again before acting. An approval while nothing waits for one (given twice, too late) changes nothing.</summary>
    private static Incident Approved(Incident incident)
        => incident is { Stage: IncidentStage.AwaitApproval, Decision: Decision.AwaitApproval waiting }
            ? incident with { ApprovedPlan = waiting.Plan, Stage = IncidentStage.Diagnose }
            : incident;

    private static Incident Finished(Incident incident, IncidentEvent.ActionFinished e)
    {
        var closed = Close(incident, e.Action, e.Succeeded, e.Detail, e.Elapsed);
        var rest = incident.Plan is { } plan ? plan.Actions.Skip(1).ToList() : [];
        return rest.Count > 0
            ? closed with { Plan = incident.Plan! with { Actions = rest } }
            : closed with { Plan = null, Stage = IncidentStage.Stabilize };
    }

    private static Incident Close(Incident incident, PlannedAction action, bool? succeeded, string detail, TimeSpan? elapsed)
    {
        var index = -1;
        for (var i = incident.Actions.Length - 1; i >= 0 && index < 0; i--)
        {
            index = incident.Actions[i].Action == action ? i : -1;
        }

        return index < 0
            ? incident with { OpenAction = null }
            : incident with
            {
                OpenAction = null,
                Actions = incident.Actions.SetItem(index, incident.Actions[index] with { Succeeded = succeeded, Detail = detail, Elapsed = elapsed }),
            };
    }

    private static Incident Verified(Incident incident, IncidentEvent.Verified e) => incident with
    {
        Verified = e,
        Proof = e.Proof,
        Latest = e.After,
        Stage = e.Verdict == Verdict.NotResolved ? IncidentStage.Diagnose : IncidentStage.Report,
    };

    /// <summary>A relapse withdraws the proof; the report that follows reopens and escalates.</summary>
    private static Incident Relapsed(Incident incident, IncidentEvent.Relapsed e) => incident with
    {
        Relapse = e,
        Proof = null,
        Report = null,
        Stage = IncidentStage.Report,
        // What a person has taken out of our hands, or a later incident serves, stays out of this one's.
        Issues = [.. incident.Issues.Select(i => i.Disputed || i.ClosedOnWordOf is not null ? i : i with { Posted = false, CommentsBefore = null, Settled = false })],
    };

    private static Incident ForIssue(Incident incident, IssueRef issue, Func<IssueState, IssueState> change) => incident with
    {
        Deferred = null,
        Issues = [.. incident.Issues.Select(i => i.Issue == issue ? change(i) : i)],
    };
}
