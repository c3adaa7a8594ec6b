using System.Text.Json.Serialization;

namespace FieldMedic.Incidents;

/// <summary>
/// What can happen to an incident: past-tense, immutable, appended to the journal. The discriminators and property
/// names are the on-disk format; a fixture replays every version for ever, so they only ever grow.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(IncidentOpened), "incident_opened")]
[JsonDerivedType(typeof(IssueAttached), "issue_attached")]
[JsonDerivedType(typeof(FlowResumed), "flow_resumed")]
[JsonDerivedType(typeof(Diagnosed), "diagnosed")]
[JsonDerivedType(typeof(Decided), "decided")]
[JsonDerivedType(typeof(PlanShown), "plan_shown")]
[JsonDerivedType(typeof(ApprovalGiven), "approval_given")]
[JsonDerivedType(typeof(ApprovalRefused), "approval_refused")]
[JsonDerivedType(typeof(ActionStarted), "action_started")]
[JsonDerivedType(typeof(ActionFinished), "action_finished")]
[JsonDerivedType(typeof(ActionCutOff), "action_cut_off")]
[JsonDerivedType(typeof(ActionRefused), "action_refused")]
[JsonDerivedType(typeof(Stabilized), "stabilized")]
[JsonDerivedType(typeof(Verified), "verified")]
[JsonDerivedType(typeof(ReportPrepared), "report_prepared")]
[JsonDerivedType(typeof(ReportAnnounced), "report_announced")]
[JsonDerivedType(typeof(ReportPosted), "report_posted")]
[JsonDerivedType(typeof(ProofExpired), "proof_expired")]
[JsonDerivedType(typeof(IssueClosed), "issue_closed")]
[JsonDerivedType(typeof(IssueLeft), "issue_left")]
[JsonDerivedType(typeof(Escalated), "escalated")]
[JsonDerivedType(typeof(ReportDeferred), "report_deferred")]
[JsonDerivedType(typeof(WatchStarted), "watch_started")]
[JsonDerivedType(typeof(WatchEnded), "watch_ended")]
[JsonDerivedType(typeof(Relapsed), "relapsed")]
[JsonDerivedType(typeof(IssueReopened), "issue_reopened")]
[JsonDerivedType(typeof(CommandAnswered), "command_answered")]
[JsonDerivedType(typeof(ClosedOnWord), "closed_on_word")]
[JsonDerivedType(typeof(ClosureDisputed), "closure_disputed")]
[JsonDerivedType(typeof(IncidentEnded), "incident_ended")]
public abstract record IncidentEvent
{
    private IncidentEvent()
    {
    }

    /// <summary>An issue (or an operator, when <paramref name="Issue"/> is null) opened an incident on a system.</summary>
    /// <param name="OnlyProblem">With <c>remediate PROBLEM</c>: the one problem that may be treated.</param>
    /// <param name="OnlyService">With <c>--service</c>: the one service.</param>
    /// <param name="OnlyPlan">The plan that was shown before: no other may run in this incident, whoever takes it up.</param>
    /// <param name="HumanReopened">Somebody said that an earlier closure of this issue was wrong: only a human closes it now.</param>
    /// <param name="NeedsApproval">True when the reporter may not start a repair: whatever is planned waits for a maintainer.</param>
    /// <param name="Follows">The incident whose closure of this issue was wrong.</param>
    public sealed record IncidentOpened(
        string System,
        IssueRef? Issue,
        Complaint Complaint,
        string? OnlyProblem = null,
        string? OnlyService = null,
        bool HumanReopened = false,
        Plan? OnlyPlan = null,
        bool? NeedsApproval = null,
        IncidentId? Follows = null) : IncidentEvent;

    /// <summary>A further issue about the same trouble joined; it gets the same answer.</summary>
    public sealed record IssueAttached(IssueRef Issue, Complaint Complaint, bool HumanReopened = false) : IncidentEvent;

    /// <summary>A process took the incident up again. A plan in progress is dropped and an open action counts as outcome unknown.</summary>
    public sealed record FlowResumed(IncidentStage At) : IncidentEvent;

    /// <summary>A sweep was taken and judged. Findings: root first. Undecided: problems that could be neither confirmed nor ruled out.</summary>
    public sealed record Diagnosed(Snapshot Snapshot, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Undecided) : IncidentEvent;

    public sealed record Decided(Decision Decision) : IncidentEvent;

    /// <summary>The plan that waits stands on its issues; only what is said there later can approve it.</summary>
    public sealed record PlanShown(IReadOnlyList<TalkMark> On) : IncidentEvent;

    /// <summary>A maintainer agreed to the plan: on an issue, or the operator at the terminal.</summary>
    public sealed record ApprovalGiven(string By, IssueRef? Issue = null, long? CommentId = null) : IncidentEvent;

    /// <summary>Somebody without write access said to approve it. Nothing was done.</summary>
    public sealed record ApprovalRefused(IssueRef Issue, long CommentId, string By) : IncidentEvent;

    /// <summary>Announces an effect. Durable before the effect starts.</summary>
    public sealed record ActionStarted(PlannedAction Action) : IncidentEvent;

    public sealed record ActionFinished(PlannedAction Action, bool Succeeded, string Detail, TimeSpan Elapsed) : IncidentEvent;

    /// <summary>The way to the system broke while the action ran: it may have happened, may still happen, or not. The system is observed again.</summary>
    public sealed record ActionCutOff(PlannedAction Action, string Detail, TimeSpan Elapsed) : IncidentEvent;

    /// <summary>The executor's limits said no. Nothing was done.</summary>
    public sealed record ActionRefused(PlannedAction Action, EscalationReason Reason, string Detail) : IncidentEvent;

    /// <summary>Watched after the fix until quiet for the window, or until the budget ran out.</summary>
    /// <param name="Quiet">True when every sample since <paramref name="QuietSince"/> was good for at least <paramref name="Window"/>.</param>
    /// <param name="Reason">When not quiet: what was still wrong or came back.</param>
    /// <param name="Breaks">How often a quiet spell was broken.</param>
    /// <param name="First">The first sample of the quiet spell; restart counters are compared against it.</param>
    public sealed record Stabilized(
        bool Quiet,
        string Reason,
        DateTimeOffset QuietSince,
        TimeSpan Window,
        int Samples,
        int Breaks,
        Snapshot First) : IncidentEvent;

    public sealed record Verified(Verdict Verdict, string Reason, Snapshot After, IReadOnlyList<BeforeAfter> Rows, Proof? Proof) : IncidentEvent;

    /// <summary>The report is fixed and durable; what follows only delivers it.</summary>
    public sealed record ReportPrepared(IncidentOutcome Outcome, EscalationReason? Escalation, string Detail) : IncidentEvent;

    /// <summary>The one comment is about to be written where none can be found again; the issue has so many before it.</summary>
    public sealed record ReportAnnounced(IssueRef Issue, int CommentsBefore) : IncidentEvent;

    /// <summary>The report stands on the issue. The id is 0 where it is known only that it was written.</summary>
    public sealed record ReportPosted(IssueRef Issue, long CommentId) : IncidentEvent;

    /// <summary>The proof got too old before it could be used (the tracker was away): stabilize and verify again.</summary>
    public sealed record ProofExpired(DateTimeOffset MeasuredAt) : IncidentEvent;

    /// <summary>A human closed the issue, put it on hold or took it in hand meanwhile: it is left as it is.</summary>
    public sealed record IssueLeft(IssueRef Issue, string Why) : IncidentEvent;

    public sealed record IssueClosed(IssueRef Issue, DateTimeOffset ProofMeasuredAt) : IncidentEvent;

    public sealed record Escalated(IssueRef Issue, EscalationReason Reason) : IncidentEvent;

    /// <summary>The tracker could not be reached; the report is kept and posted on the next run.</summary>
    public sealed record ReportDeferred(string Reason) : IncidentEvent;

    public sealed record WatchStarted(DateTimeOffset Until) : IncidentEvent;

    /// <summary>The watch is over. <paramref name="Observed"/> is false when nothing could be measured in it.</summary>
    public sealed record WatchEnded(bool Observed) : IncidentEvent;

    /// <summary>The problem came back inside the watch window: a false closure, counted against the bot.</summary>
    public sealed record Relapsed(Finding Finding) : IncidentEvent;

    public sealed record IssueReopened(IssueRef Issue) : IncidentEvent;

    /// <summary>Somebody asked for something in a comment and was answered. A repetition of the same comment is known by its id.</summary>
    /// <param name="Command">Null when it was not understood.</param>
    /// <param name="Done">False when it was refused.</param>
    /// <param name="Answer">The lines that stand on the issue: our own words and measured values, never a text of the comment.</param>
    public sealed record CommandAnswered(IssueRef Issue, long CommentId, string By, ChatCommand? Command, bool Done, IReadOnlyList<string> Answer) : IncidentEvent
    {
        public bool Equals(CommandAnswered? other)
            => other is not null && Issue == other.Issue && CommentId == other.CommentId && By == other.By && Command == other.Command
                && Done == other.Done && Answer.SequenceEqual(other.Answer);

        public override int GetHashCode() => HashCode.Combine(Issue, CommentId, Command);
    }

    /// <summary>A maintainer had the issue closed. It is their word, not a proof.</summary>
    public sealed record ClosedOnWord(IssueRef Issue, long CommentId, string By) : IncidentEvent;

    /// <summary>A person said that it is still broken after this incident had closed the issue: a false closure, counted against the bot.</summary>
    /// <param name="CommentId">The comment that says so; null when the issue was simply reopened.</param>
    public sealed record ClosureDisputed(IssueRef Issue, long? CommentId = null) : IncidentEvent;

    public sealed record IncidentEnded(IncidentOutcome Outcome) : IncidentEvent;
}
