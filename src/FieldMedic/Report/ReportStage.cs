using FieldMedic.Incidents;
using FieldMedic.Intake;
using FieldMedic.Packs;
using FieldMedic.Tracker;

namespace FieldMedic.Report;

/// <summary>
/// Tell the issue. The report is fixed in the journal first; then each issue is served one durable step at a time
/// (comment, then labels and close, or escalation). Only here is an issue closed, and only with a proof that is fresh.
/// </summary>
internal sealed class ReportStage(Pack pack, ProblemCatalogue catalogue, IIssueTracker? tracker, ProgressComment? comments, ReportRenderer renderer, HoldCheck hold, TimeProvider time) : IStage
{
    private readonly Dictionary<IssueRef, Issue> _fetched = [];

    public async Task<IncidentEvent?> RunAsync(Incident incident, CancellationToken cancellationToken)
    {
        if (incident.Report is not { } report)
        {
            _fetched.Clear();
            return Prepare(incident);
        }

        var isClosing = report.Outcome is IncidentOutcome.Closed or IncidentOutcome.Answered;
        var open = incident.Issues.FirstOrDefault(i => !i.Settled);
        if (open is not null && tracker is not null && comments is not null)
        {
            return isClosing && time.GetUtcNow() - incident.Proof!.MeasuredAt > pack.Policy.ProofMaxAge
                ? new IncidentEvent.ProofExpired(incident.Proof.MeasuredAt)
                : await DeliverAsync(incident, open, cancellationToken).ConfigureAwait(false);
        }

        var isWatched = report.Outcome == IncidentOutcome.Closed && pack.Policy.Watch > TimeSpan.Zero && incident.Issues.Any(i => i.Closed);
        return isWatched
            ? new IncidentEvent.WatchStarted(time.GetUtcNow() + pack.Policy.Watch)
            : new IncidentEvent.IncidentEnded(report.Outcome);
    }

    private static IncidentEvent.ReportPrepared Prepare(Incident incident) => incident switch
    {
        { Relapse: { } relapse } => Escalated(EscalationReason.Relapsed, string.Join("; ", relapse.Finding.Evidence)),
        { Decision: Decision.Hold } => new(IncidentOutcome.Held, null, ""),
        { Decision: Decision.Escalate e } => Escalated(e.Reason, e.Detail),
        { Proof: not null, Decision: Decision.Reply } => new(IncidentOutcome.Answered, null, ""),
        { Proof: not null } => new(IncidentOutcome.Closed, null, ""),
        { Verified.Verdict: Verdict.Regressed } => Escalated(EscalationReason.Regressed, incident.Verified.Reason),
        _ => Escalated(EscalationReason.Unverifiable, incident.Verified?.Reason ?? ""),
    };

    private static IncidentEvent.ReportPrepared Escalated(EscalationReason reason, string detail) => new(IncidentOutcome.Escalated, reason, detail);

    private async Task<IncidentEvent> DeliverAsync(Incident incident, IssueState state, CancellationToken cancellationToken)
    {
        await comments!.SettleAsync().ConfigureAwait(false);
        if (!_fetched.TryGetValue(state.Issue, out var issue))
        {
            _fetched[state.Issue] = issue = await tracker!.GetIssueAsync(state.Issue, cancellationToken).ConfigureAwait(false);
            comments.Note(issue, state.CommentId);
        }

        // Only what we closed ourselves is ours to reopen, and not while a human has it on hold.
        if (incident.Relapse is not null && issue is { IsOpen: false, ClosedByUs: true } && state.Closed && !IsOnHold(issue))
        {
            await tracker!.ReopenAsync(state.Issue, cancellationToken).ConfigureAwait(false);
            return new IncidentEvent.IssueReopened(state.Issue);
        }

        var reason = ReasonToStayOpen(incident, state, issue);
        var left = reason is null ? await WhyLeaveAsync(issue, cancellationToken).ConfigureAwait(false) : null;
        if (!state.Posted && !tracker!.CanEditComments)
        {
            return await WriteOnceAsync(incident, state, reason, cancellationToken).ConfigureAwait(false);
        }

        if (!state.Posted)
        {
            var id = await comments.PutAsync(state.Issue, renderer.Final(incident, reason, left, state.Issue), cancellationToken).ConfigureAwait(false);
            return new IncidentEvent.ReportPosted(state.Issue, id);
        }

        return reason is { } why
            ? await EscalateAsync(incident, state, why, cancellationToken).ConfigureAwait(false)
            : await CloseAsync(incident, state, issue, left, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Announced, then written. When the issue has more comments than at the announcement, an earlier run wrote it before it could say so
    /// (or somebody commented in that moment): two comments are worse than none.
    /// </summary>
    private async Task<IncidentEvent> WriteOnceAsync(Incident incident, IssueState state, EscalationReason? reason, CancellationToken cancellationToken)
    {
        var now = await tracker!.GetIssueAsync(state.Issue, cancellationToken).ConfigureAwait(false);
        var count = now.CommentCount ?? throw new TrackerException(TrackerFailure.Invalid, "The tracker does not tell how many comments the issue has, so it cannot be made sure that the report is written once.");
        if (state.CommentsBefore is not { } before)
        {
            return new IncidentEvent.ReportAnnounced(state.Issue, count);
        }

        return new IncidentEvent.ReportPosted(state.Issue, count > before ? 0 : await tracker.CreateCommentAsync(state.Issue, renderer.Final(incident, reason, null, state.Issue), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Null when this issue is to be closed.</summary>
    private EscalationReason? ReasonToStayOpen(Incident incident, IssueState state, Issue issue)
    {
        if (incident.Report!.Escalation is { } reason)
        {
            return reason;
        }

        if (incident.Report.Outcome == IncidentOutcome.Held)
        {
            return null;
        }

        if (state.HumanReopened || issue.HumanReopened)
        {
            return EscalationReason.HumanReopened;
        }

        var isStatusRequest = state.Complaint.Kinds is [var kind, ..] && pack.Complaints.Any(c => c.Id == kind && c.Nature == ComplaintNature.StatusRequest);
        return isStatusRequest || incident.Found.Any(f => catalogue.Explains(f, state.Complaint)) ? null : EscalationReason.NotExplained;
    }

    /// <summary>Why an issue whose trouble is over is not for us to close; null when it is.</summary>
    private async Task<string?> WhyLeaveAsync(Issue issue, CancellationToken cancellationToken)
    {
        if (IsOnHold(issue))
        {
            return "a human put it on hold";
        }

        if (!issue.IsOpen)
        {
            return issue.ClosedByUs ? null : "a human closed it meanwhile";
        }

        return await hold.AtWorkAsync(issue, cancellationToken).ConfigureAwait(false) is null ? null : "a maintainer is at work on it";
    }

    private async Task<IncidentEvent> CloseAsync(Incident incident, IssueState state, Issue issue, string? left, CancellationToken cancellationToken)
    {
        if (left is not null)
        {
            return new IncidentEvent.IssueLeft(state.Issue, left);
        }

        await LabelAsync(state.Issue, ["resolved"], cancellationToken).ConfigureAwait(false);
        if (issue.IsOpen)
        {
            await tracker!.CloseAsync(state.Issue, incident.Proof!, cancellationToken).ConfigureAwait(false);
        }

        return new IncidentEvent.IssueClosed(state.Issue, incident.Proof!.MeasuredAt);
    }

    private async Task<IncidentEvent> EscalateAsync(Incident incident, IssueState state, EscalationReason reason, CancellationToken cancellationToken)
    {
        var wording = EscalationWording.For(reason);
        var root = incident.Findings.Select(f => catalogue.Find(f.Key)).FirstOrDefault(p => p is not null);
        var isForDeveloper = root?.Contact == "developer" || state.Complaint.Kinds is ["code_bug", ..];
        var label = isForDeveloper && reason is EscalationReason.NotFixable or EscalationReason.NotOurs ? "needs-developer" : wording.Label;
        await LabelAsync(state.Issue, reason == EscalationReason.NotReproduced ? [label] : ["escalated", label], cancellationToken).ConfigureAwait(false);
        return new IncidentEvent.Escalated(state.Issue, reason);
    }

    private bool IsOnHold(Issue issue) => issue.Labels.Contains(pack.Policy.HoldLabel, StringComparer.OrdinalIgnoreCase);

    private Task LabelAsync(IssueRef issue, IReadOnlyCollection<string> labels, CancellationToken cancellationToken)
        => tracker!.ChangeLabelsAsync(issue, labels, [.. EscalationWording.AllLabels.Except(labels, StringComparer.Ordinal)], cancellationToken);
}
