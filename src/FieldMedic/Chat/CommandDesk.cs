using System.Globalization;
using FieldMedic.Incidents;
using FieldMedic.Tracker;

namespace FieldMedic.Chat;

/// <summary>Does what a permitted command says. What changes the system is left to the flow: the desk only says that it shall run.</summary>
internal sealed class CommandDesk(MedicPorts ports)
{
    private readonly CaseBook _book = new(ports);
    private readonly Medic _medic = new(ports);

    private IIssueTracker Tracker => ports.Tracker!;

    private string HoldLabel => ports.System.Pack.Policy.HoldLabel;

    public Task<ChatAnswer> DoAsync(ChatCommand command, Issue issue, IssueComment comment, RepositoryRole role, Incident? incident, CancellationToken cancellationToken) => command switch
    {
        ChatCommand.Diagnose => DiagnoseAsync(cancellationToken),
        ChatCommand.Plan => PlanAsync(issue, comment, cancellationToken),
        ChatCommand.Why => Task.FromResult(incident is null ? ChatAnswer.No("nothing was decided here yet") : ChatAnswer.Yes(Evidence.Of(incident, issue.Ref))),
        ChatCommand.Approve => Task.FromResult(Approve(issue, comment, incident)),
        ChatCommand.Retry => Task.FromResult(Retry(issue, comment, incident)),
        ChatCommand.Hold => HoldAsync(issue, cancellationToken),
        ChatCommand.Resume => ResumeAsync(issue, comment, incident, cancellationToken),
        ChatCommand.Close => CloseAsync(MaintainerWord.Take(issue.Ref, comment, role), issue, incident, cancellationToken),
        _ => Task.FromResult(ChatAnswer.Yes([.. ChatWord.All.Select(w => $"/medic {w.Word}: {w.Does} ({w.Needs.ToString().ToLowerInvariant()})")])),
    };

    private async Task<ChatAnswer> DiagnoseAsync(CancellationToken cancellationToken)
    {
        var diagnosis = await _medic.DiagnoseAsync(cancellationToken).ConfigureAwait(false);
        var at = string.Create(CultureInfo.InvariantCulture, $"measured at {diagnosis.Snapshot.At:HH:mm:ss} UTC");
        return diagnosis switch
        {
            { Snapshot.IsObservable: false } => ChatAnswer.Yes($"{at}: the system could not be observed"),
            { Findings: [], Undecided: [] } => ChatAnswer.Yes($"{at}: no catalogued problem holds"),
            _ => ChatAnswer.Yes([$"{at}:", .. diagnosis.Findings.Select(Evidence.Line), .. diagnosis.Undecided.Select(u => $"{u}: could be neither confirmed nor ruled out")]),
        };
    }

    private async Task<ChatAnswer> PlanAsync(Issue issue, IssueComment comment, CancellationToken cancellationToken)
    {
        var options = new RunOptions { DryRun = true, OrderedBy = comment.Author };
        var rehearsed = await _medic.SupportAsync(issue.Ref, options, new NobodyWatches(), cancellationToken).ConfigureAwait(false);
        return rehearsed.Decision is { } decision
            ? ChatAnswer.Yes(["a dry run; nothing was changed", .. Evidence.Of(decision)])
            : ChatAnswer.No(rehearsed.Message);
    }

    private static ChatAnswer Approve(Issue issue, IssueComment comment, Incident? incident)
    {
        if (incident is not { Stage: IncidentStage.AwaitApproval })
        {
            return ChatAnswer.No("no plan waits for approval here");
        }

        return incident.PlanShown.FirstOrDefault(m => m.Issue == issue.Ref) is { } mark && comment.Id > mark.LastComment
            ? ChatAnswer.Yes("approved: exactly the plan that was shown runs") with { Then = Run(comment) }
            : ChatAnswer.No("that was written before the plan was shown: look at the plan, then approve it again");
    }

    private static ChatAnswer Retry(Issue issue, IssueComment comment, Incident? incident) => incident switch
    {
        _ when !issue.IsOpen => ChatAnswer.No("this issue is closed: reopen it first"),
        { Stage: IncidentStage.AwaitApproval } => ChatAnswer.No("a plan waits for approval: approve it, or close the issue"),
        { Stage: not (IncidentStage.Over or IncidentStage.Watch) } => ChatAnswer.No("it is being worked on right now"),
        _ => ChatAnswer.Yes("starting over") with { Then = Run(comment) },
    };

    private async Task<ChatAnswer> HoldAsync(Issue issue, CancellationToken cancellationToken)
    {
        await Tracker.ChangeLabelsAsync(issue.Ref, [HoldLabel], [], cancellationToken).ConfigureAwait(false);
        return ChatAnswer.Yes("standing back; /medic resume lets me go on");
    }

    private async Task<ChatAnswer> ResumeAsync(Issue issue, IssueComment comment, Incident? incident, CancellationToken cancellationToken)
    {
        var isHeld = issue.Labels.Contains(HoldLabel, StringComparer.OrdinalIgnoreCase);
        if (!isHeld && incident is { Stage: IncidentStage.AwaitApproval, Decision: Decision.AwaitApproval { Human: not null } })
        {
            return Approve(issue, comment, incident);
        }

        if (!isHeld)
        {
            return ChatAnswer.No("this issue is not on hold");
        }

        await Tracker.ChangeLabelsAsync(issue.Ref, [], [HoldLabel], cancellationToken).ConfigureAwait(false);
        return ChatAnswer.Yes("going on") with { Then = issue.IsOpen ? Run(comment) : null };
    }

    /// <summary>The word is in the journal before the issue is closed; where no incident is, one is made that only records it.</summary>
    private async Task<ChatAnswer> CloseAsync(MaintainerWord word, Issue issue, Incident? incident, CancellationToken cancellationToken)
    {
        if (!issue.IsOpen)
        {
            return ChatAnswer.No("this issue is closed already");
        }

        var record = incident ?? await _book.OpenRecordAsync(issue.Ref, cancellationToken).ConfigureAwait(false);
        record = await _book.AppendAsync(record.Id, new IncidentEvent.ClosedOnWord(word.Issue, word.CommentId, word.By), cancellationToken).ConfigureAwait(false);
        if (record.Issues.All(i => i.Settled) && (incident is null || record.Stage == IncidentStage.AwaitApproval))
        {
            await _book.AppendAsync(record.Id, new IncidentEvent.IncidentEnded(IncidentOutcome.Held), cancellationToken).ConfigureAwait(false);
        }

        await Tracker.CloseOnWordAsync(word, cancellationToken).ConfigureAwait(false);
        return ChatAnswer.Yes("closed on your word; nothing was proved by it");
    }

    private static RunOptions Run(IssueComment comment) => new() { OrderedBy = comment.Author };
}
