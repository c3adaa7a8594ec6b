using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Tracker;

namespace FieldMedic.Intake;

/// <summary>Was closing this issue wrong? A human's reopen, or "still broken" in a comment, says so; it is counted once in the journal of the incident that closed it.</summary>
internal sealed class FalseClosures(MedicPorts ports)
{
    /// <summary>The newest incident that had closed the issue with a proof and was told to be wrong; null when there is none.</summary>
    /// <param name="answered">The incidents that answered it, newest first.</param>
    public async Task<IncidentId?> FindAsync(Issue issue, IReadOnlyList<Incident> answered, CancellationToken cancellationToken)
    {
        // Where the tracker does not tell who reopened it, one of ours that is open again was reopened by a human.
        if ((issue.HumanReopened || !issue.KnowsHistory) && issue.IsOpen && answered.FirstOrDefault(i => StateOf(i, issue) is { Closed: true }) is { } closing)
        {
            await CountAsync(closing, issue.Ref, cancellationToken).ConfigureAwait(false);
            return closing.Id;
        }

        return answered.FirstOrDefault(i => StateOf(i, issue) is { Disputed: true })?.Id;
    }

    private async Task CountAsync(Incident closing, IssueRef issue, CancellationToken cancellationToken)
    {
        while (StateIn(closing, issue) is { Disputed: false }
            && await ports.Journal.AppendAsync(closing.Id, closing.Sequence + 1, new IncidentEvent.ClosureDisputed(issue), null, cancellationToken).ConfigureAwait(false) != AppendOutcome.Appended)
        {
            closing = Incident.Fold(await ports.Journal.ReadAsync(closing.Id, cancellationToken).ConfigureAwait(false))
                ?? throw new JournalException($"The journal of {closing.Id} is gone.");
        }
    }

    private static IssueState? StateOf(Incident incident, Issue issue) => StateIn(incident, issue.Ref);

    private static IssueState? StateIn(Incident incident, IssueRef issue) => incident.Issues.FirstOrDefault(i => i.Issue == issue);
}
