using System.Globalization;
using System.Text;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Tracker;

namespace FieldMedic.Report;

/// <summary>Writes the one comment of an issue from typed fields. No text of a reporter ever enters it.</summary>
public sealed class ReportRenderer(Pack pack, ProblemCatalogue catalogue, Redactor redactor, TimeProvider time)
{
    private readonly TalkLines _talk = new(redactor);
    private readonly ApprovalLines _approval = new(redactor);

    /// <summary>The comment while work goes on.</summary>
    public string Progress(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var text = Start(incident).AppendLine(CultureInfo.InvariantCulture, $"### ⏳ {StageWord(incident)}").AppendLine();
        Diagnosis(text, incident);
        Actions(text, incident);
        _approval.Write(text, incident);
        _talk.Write(text, incident);
        return Finish(text, incident, "Work in progress; this comment is edited as it goes on.");
    }

    /// <summary>The comment on an issue that joined a running incident, until its answer comes.</summary>
    public string Joined(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var text = Start(incident).AppendLine("### 🔗 This trouble is being worked on already").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"How it goes stands on {incident.Issues[0].Issue}. When it is over, the answer to this issue comes here: it is closed only when what was repaired explains it.").AppendLine();
        return Finish(text, incident, "Work in progress; this comment is edited when it is over.");
    }

    /// <summary>The comment of an issue between two runs: whatever was told last, and what was asked for since.</summary>
    public string Standing(Incident incident, IssueRef issue)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var state = incident.Issues.FirstOrDefault(i => i.Issue == issue);
        if (state?.ClosedOnWordOf is null && incident.Sequence > 0)
        {
            return incident.Report is null ? Progress(incident) : Final(incident, state?.Reason, state?.Left, issue);
        }

        var text = Start(incident).AppendLine(state?.ClosedOnWordOf is { } who ? $"### 🔒 Closed on the word of {redactor.Clean(who)}" : "### 💬 Nothing is under way here").AppendLine();
        if (state?.ClosedOnWordOf is not null)
        {
            text.AppendLine("A maintainer closed this issue. Nothing was measured for it, so nothing is proved.").AppendLine();
        }

        _talk.Write(text, incident);
        return Finish(text, incident, null);
    }

    /// <summary>The final report for one issue.</summary>
    /// <param name="reason">Null when the issue is closed with this report, or would be.</param>
    /// <param name="left">Why this issue is left as it is although the trouble is over; null when nothing speaks against closing it.</param>
    /// <param name="issue">The one it is written for; one that joined is told which the incident began with.</param>
    public string Final(Incident incident, EscalationReason? reason, string? left = null, IssueRef? issue = null)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var text = Start(incident);
        Headline(text, incident, reason);
        if (issue is not null && incident.Issues is [var first, ..] && first.Issue != issue)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Worked on together with {first.Issue}, where it was reported first.").AppendLine();
        }

        Diagnosis(text, incident);
        Actions(text, incident);
        Table(text, incident);
        Verification(text, incident);
        if (reason is { } why)
        {
            NextStep(text, incident, why);
        }
        else if (incident.Proof is not null)
        {
            Prevention(text, incident);
            if (left is not null)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"This issue is left as it is: {left}.").AppendLine();
            }
        }

        NotChecked(text, incident);
        _talk.Write(text, incident);
        return Finish(text, incident, null);
    }

    private static StringBuilder Start(Incident incident) => new StringBuilder().AppendLine(CommentMarker.Of(incident.Id));

    private void Headline(StringBuilder text, Incident incident, EscalationReason? reason)
    {
        var headline = (reason, incident.Outcome, incident.Proof?.Verdict) switch
        {
            ({ } why, _, _) => $"### ⚠️ Escalated: {EscalationWording.For(why).Headline}",
            (_, IncidentOutcome.Held, _) => "### ⏸️ Standing back: a person is at work here",
            (_, IncidentOutcome.Answered, _) => "### ✅ The system is healthy",
            (_, _, Verdict.Mitigated) => "### ✅ Mitigated: it works now, the cause remains",
            _ => "### ✅ Resolved",
        };
        text.AppendLine(headline).AppendLine();
        if (reason is null && incident.Proof is not null && incident.Found.Length > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{redactor.Clean(pack.Title)} works again. The figures below were measured by the same probes before and after.").AppendLine();
        }
    }

    private void Diagnosis(StringBuilder text, Incident incident)
    {
        if (incident.Follows is { } first)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Incident {first} had closed this issue, and it is said to be still broken: that closure counts as false. From now on only a person closes this issue.").AppendLine();
        }

        text.AppendLine("**Diagnosis**").AppendLine();
        if (incident.Found.IsEmpty)
        {
            text.AppendLine(incident.Latest switch
            {
                null => "- measuring",
                { IsObservable: false } => "- the system could not be observed",
                _ when incident.Undecided.IsEmpty => "- no catalogued problem holds",
                _ => "- no problem was confirmed",
            });
        }

        foreach (var (chain, broken) in BrokenChains(incident))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {redactor.Clean(chain.Title)} is broken at: {redactor.Clean(broken.Name)}");
        }

        foreach (var finding in incident.Found)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- `{finding.Key}`: {redactor.Clean(finding.Title)} ({string.Join("; ", finding.Evidence.Select(redactor.Clean))})");
        }

        text.AppendLine();
    }

    /// <summary>Of the chains that somebody complained about, the link that did not hold when the incident began.</summary>
    private IEnumerable<(ChainSpec Chain, ChainLink Broken)> BrokenChains(Incident incident)
    {
        if (incident.Found.IsEmpty || (incident.Before ?? incident.Latest) is not { IsObservable: true } first)
        {
            yield break;
        }

        foreach (var chain in pack.Chains.Where(c => c.Kind is { } kind && incident.Issues.Any(i => i.Complaint.Kinds.Contains(kind, StringComparer.Ordinal))))
        {
            if (chain.Broken(first) is { } broken)
            {
                yield return (chain, broken);
            }
        }
    }

    private void Actions(StringBuilder text, Incident incident)
    {
        text.AppendLine("**Actions taken**").AppendLine();
        if (incident.Actions.IsEmpty)
        {
            text.AppendLine("- none");
        }

        foreach (var action in incident.Actions)
        {
            var outcome = action.Succeeded switch
            {
                true => "done",
                false => "failed",
                null when incident.OpenAction == action.Action => "running",
                null => "outcome unknown",
            };
            var took = action.Elapsed is { } elapsed ? $" in {Seconds(elapsed)}" : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"- {Clock(action.StartedAt)} `{action.Action.Remedy}` on {redactor.Clean(action.Action.Target)}: {outcome}{took}");
        }

        text.AppendLine();
    }

    private void Table(StringBuilder text, Incident incident)
    {
        var rows = incident.Verified?.Rows ?? [];
        if (rows.Count == 0 && incident.Latest is { IsObservable: true } latest)
        {
            // What makes up the root problem: the person who reads on needs it. Without one, how everything is.
            var shown = catalogue.Roots([.. incident.Findings]).SelectMany(f => catalogue.Find(f.Key)?.Show ?? []).Distinct(StringComparer.Ordinal).ToList();
            rows = [.. (shown.Count > 0 ? shown : pack.Status).Select(n => new BeforeAfter(n, default, latest.Find(n)?.Value ?? default))];
        }

        if (rows.Count == 0)
        {
            return;
        }

        var hasBefore = incident.Verified is not null && (incident.HasActed || incident.Found.Length > 0);
        text.AppendLine(hasBefore ? "| Measured | Before | After |" : "| Measured | Now |").AppendLine(hasBefore ? "|---|---|---|" : "|---|---|");
        foreach (var row in rows)
        {
            var after = redactor.Clean(row.After.ToString());
            text.AppendLine(hasBefore ? $"| {row.Observation} | {redactor.Clean(row.Before.ToString())} | {after} |" : $"| {row.Observation} | {after} |");
        }

        text.AppendLine();
    }

    private void Verification(StringBuilder text, Incident incident)
    {
        if (incident.Verified is not { } verified)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"**Verification:** {verified.Verdict}");
        if (incident.Relapse is not null)
        {
            text.Append(" at that time; the problem is back, so this no longer counts");
        }
        else if (incident.Proof is { Samples: 1 } single)
        {
            text.Append(CultureInfo.InvariantCulture, $", measured once at {Clock(single.MeasuredAt)} UTC");
        }
        else if (incident.Proof is { } proof)
        {
            text.Append(CultureInfo.InvariantCulture, $", good in every one of the last samples for {Seconds(proof.Window)} ({Clock(proof.QuietSince)} to {Clock(proof.MeasuredAt)} UTC, {proof.Samples} sweeps)");
        }
        else if (verified.Reason.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $": {redactor.Clean(verified.Reason)}");
        }

        text.AppendLine(".").AppendLine();
    }

    private void NextStep(StringBuilder text, Incident incident, EscalationReason reason)
    {
        var wording = EscalationWording.For(reason);
        var root = incident.Findings.Concat(incident.Found).Select(f => catalogue.Find(f.Key)).FirstOrDefault(p => p is not null);
        if (incident.Report?.Detail is { Length: > 0 } detail && reason is not (EscalationReason.NotReproduced or EscalationReason.NotOurs))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"**Why:** {redactor.Clean(detail)}").AppendLine();
        }

        var step = reason is EscalationReason.NotFixable or EscalationReason.RemediesExhausted or EscalationReason.AttemptsSpent ? root?.NextStep ?? wording.NextStep : wording.NextStep;
        text.AppendLine(CultureInfo.InvariantCulture, $"**Next step:** {step}").AppendLine();
        var people = pack.Contacts.GetValueOrDefault(root?.Contact ?? "admin") ?? pack.Contacts.GetValueOrDefault("admin") ?? [];
        if (wording.Mentions && people.Count > 0)
        {
            text.AppendLine(string.Join(' ', people.Select(p => $"@{p}"))).AppendLine();
        }

        text.AppendLine("This issue stays open.").AppendLine();
    }

    private void Prevention(StringBuilder text, Incident incident)
    {
        foreach (var hint in incident.Found.Select(f => catalogue.Find(f.Key)?.Prevention).Where(h => h is not null).Distinct())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"**Prevention:** {hint}").AppendLine();
        }
    }

    private void NotChecked(StringBuilder text, Incident incident)
    {
        var last = incident.Verified?.After ?? incident.Latest;
        var failed = last?.Probes.Where(p => p.Failure is not null).Select(p => $"probe `{p.Probe}`") ?? [];
        var stale = last?.Observations.Where(o => o.StaleBy > TimeSpan.Zero).Select(o => $"{redactor.Clean(o.Name)} (cached up to {o.StaleBy.TotalSeconds:0} s)") ?? [];
        var all = failed.Concat(incident.Undecided.Select(u => $"`{u}`")).Concat(stale).Distinct().ToList();
        text.AppendLine(CultureInfo.InvariantCulture, $"**Not checked:** {(all.Count == 0 ? "anything outside the probes of the pack" : string.Join(", ", all))}.").AppendLine();
    }

    private string Finish(StringBuilder text, Incident incident, string? note)
    {
        text.AppendLine("---");
        var now = time.GetUtcNow();
        text.Append(CultureInfo.InvariantCulture, $"<sub>{note ?? $"Total {Seconds(now - incident.OpenedAt)}."} Started {incident.OpenedAt:yyyy-MM-dd HH:mm:ss} UTC, written {now:yyyy-MM-dd HH:mm:ss} UTC, incident {incident.Id}.</sub>");
        var written = text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
        var body = written.IndexOf('\n', StringComparison.Ordinal);
        return written[..body] + redactor.HideKnown(written[body..]);
    }

    private static string StageWord(Incident incident) => incident.Stage switch
    {
        IncidentStage.Diagnose or IncidentStage.Decide => "Diagnosing",
        IncidentStage.AwaitApproval => "Waiting for approval",
        IncidentStage.Remedy => "Repairing",
        IncidentStage.Stabilize => "Repaired; watching whether it stays good",
        IncidentStage.Verify => "Verifying",
        _ => "Reporting",
    };

    private static string Clock(DateTimeOffset at) => at.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
