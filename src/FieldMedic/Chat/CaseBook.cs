using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Packs;
using FieldMedic.Report;
using FieldMedic.Tracker;

namespace FieldMedic.Chat;

/// <summary>Finds the incidents of an issue, adds to their journals, and shows how they stand in the one status comment.</summary>
internal sealed class CaseBook(MedicPorts ports)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    private readonly ReportRenderer _renderer = new(
        ports.System.Pack, new ProblemCatalogue(ports.System.Pack), new Redactor(ports.System.Pack, ports.Secrets), ports.Time);

    private string SystemName => ports.System.Pack.System;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Incident>> OfAsync(IssueRef issue, CancellationToken cancellationToken)
    {
        var found = new List<Incident>();
        foreach (var header in await ports.Journal.OfIssueAsync(SystemName, issue, cancellationToken).ConfigureAwait(false))
        {
            if (Incident.Fold(await ports.Journal.ReadAsync(header.Id, cancellationToken).ConfigureAwait(false)) is { } incident)
            {
                found.Add(incident);
            }
        }

        return found;
    }

    /// <summary>The newest incident; where there is none, the system's lease is taken, so that two first comments cannot be written at once.</summary>
    public async Task<CasePlace> TakePlaceAsync(IssueRef issue, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await OfAsync(issue, cancellationToken).ConfigureAwait(false) is [var newest, ..])
            {
                return new CasePlace(newest, null);
            }

            if (await ports.Locks.TryAcquireAsync(SystemName, cancellationToken).ConfigureAwait(false) is { } lease)
            {
                // One that began just before is seen only now.
                var meanwhile = await OfAsync(issue, cancellationToken).ConfigureAwait(false);
                return new CasePlace(meanwhile.Count > 0 ? meanwhile[0] : null, new LeaseKeeper(lease, ports.Locks, ports.Time, cancellationToken));
            }

            await Task.Delay(LookAgain, ports.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps an answer in the journal, where there is one, and shows it.</summary>
    public async Task TellAsync(CasePlace place, IssueRef issue, IncidentEvent.CommandAnswered said, CancellationToken cancellationToken)
    {
        // A command may have opened an incident itself.
        var incident = place.Incident ?? (await OfAsync(issue, cancellationToken).ConfigureAwait(false)).FirstOrDefault();
        incident = incident is not null
            ? await AppendAsync(incident.Id, said, cancellationToken).ConfigureAwait(false)
            : Blank().Apply(new JournalEntry(IncidentId.New(ports.Time), 0, ports.Time.GetUtcNow(), said));
        await ShowAsync(incident, issue, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Brings the status comment up to date, unless somebody drives the incident: then theirs is the pen, and they show it with their next step.</summary>
    public async Task ShowAsync(Incident incident, IssueRef issue, CancellationToken cancellationToken)
    {
        if (incident.Sequence == 0 || incident.Stage is IncidentStage.AwaitApproval or IncidentStage.Watch or IncidentStage.Over)
        {
            var comment = new ProgressComment(ports.Tracker!, _renderer);
            await comment.PutAsync(issue, _renderer.Standing(incident, issue), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Appends behind whatever else happens; only for events that change no decision of a driver.</summary>
    public async Task<Incident> AppendAsync(IncidentId id, IncidentEvent happened, CancellationToken cancellationToken)
    {
        while (true)
        {
            var incident = Incident.Fold(await ports.Journal.ReadAsync(id, cancellationToken).ConfigureAwait(false))
                ?? throw new JournalException($"The journal of {id} is gone.");
            var entry = new JournalEntry(id, incident.Sequence + 1, ports.Time.GetUtcNow(), happened);
            if (await ports.Journal.AppendAsync(id, entry.Sequence, happened, null, cancellationToken).ConfigureAwait(false) == AppendOutcome.Appended)
            {
                return incident.Apply(entry);
            }
        }
    }

    /// <summary>Opens a case that only records: nothing in it may be done without a maintainer's approval, and it is over at once.</summary>
    public async Task<Incident> OpenRecordAsync(IssueRef issue, CancellationToken cancellationToken)
    {
        var opening = new IncidentEvent.IncidentOpened(SystemName, issue, Complaint.None, NeedsApproval: true);
        var id = IncidentId.New(ports.Time);
        await ports.Journal.AppendAsync(id, 1, opening, null, cancellationToken).ConfigureAwait(false);
        return (await OfAsync(issue, cancellationToken).ConfigureAwait(false))[0];
    }

    private Incident Blank() => new() { Id = IncidentId.New(ports.Time), OpenedAt = ports.Time.GetUtcNow() };
}
