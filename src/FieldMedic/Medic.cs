using FieldMedic.Incidents;
using FieldMedic.Intake;
using FieldMedic.Journal;
using FieldMedic.Packs;
using FieldMedic.Systems;
using FieldMedic.Tracker;
using FieldMedic.Watch;

namespace FieldMedic;

/// <summary>
/// What hosts call. Every run ends in a <see cref="RunResult"/>; only cancellation and bugs throw. It admits a complaint
/// (opens an incident, resumes an unfinished one, or joins the one another process is driving) and drives it by <see cref="IncidentFlow"/>.
/// </summary>
public sealed class Medic(MedicPorts ports)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);
    private readonly ProblemCatalogue _catalogue = new(ports.System.Pack);
    private readonly WatchList _watched = new(ports);

    private string SystemName => ports.System.Pack.System;

    /// <summary>Resolves the trouble an issue reports, or escalates it.</summary>
    public async Task<RunResult> SupportAsync(IssueRef issue, RunOptions options, IFlowObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(issue);
        ArgumentNullException.ThrowIfNull(options);
        var tracker = ports.Tracker ?? throw new InvalidOperationException("Support needs a tracker.");
        try
        {
            var answered = options.DryRun ? [] : await AnsweredAsync(issue, cancellationToken).ConfigureAwait(false);
            var fetched = await tracker.GetIssueAsync(issue, cancellationToken).ConfigureAwait(false);
            var run = new FlowRun(ports, _catalogue, options, observer, options.Follow ? WatchMode.Stay : WatchMode.Leave);
            run.Note(fetched);
            var complaint = ports.Triage.Judge(fetched.Title, fetched.Body, fetched.Comments.Where(c => c is { IsOurs: false, IsBot: false }).Select(c => c.Body));
            if (run.Hold.Note(fetched))
            {
                return new RunResult(RunOutcome.Held, null, $"The issue carries the label '{ports.System.Pack.Policy.HoldLabel}': standing back.") { Hold = HoldReason.HoldLabel };
            }

            var standing = await new TriggerCheck(ports.System.Pack, tracker).OfAsync(fetched, options, cancellationToken).ConfigureAwait(false);
            if (standing == Standing.Nothing && !await IsUnderWayAsync(issue, cancellationToken).ConfigureAwait(false))
            {
                return new RunResult(RunOutcome.Held, null, NotTriggered()) { Hold = HoldReason.NotTriggered };
            }

            var first = options.DryRun ? null : await new FalseClosures(ports).FindAsync(fetched, answered, cancellationToken).ConfigureAwait(false);
            var opening = new IncidentEvent.IncidentOpened(
                SystemName,
                issue,
                complaint,
                HumanReopened: fetched.HumanReopened || first is not null,
                NeedsApproval: standing == Standing.Repair ? null : true,
                Follows: first);
            if (options.DryRun)
            {
                return await RehearseAsync(fetched.IsOpen, opening, run, cancellationToken).ConfigureAwait(false);
            }

            var result = await AdmitAsync(fetched, answered, opening, run, cancellationToken).ConfigureAwait(false);
            while (options.Follow && result.Incident is { Stage: IncidentStage.AwaitApproval })
            {
                // Without the lease: others may work on the system while a maintainer thinks.
                await Task.Delay(ports.System.Pack.Policy.ApprovalEvery, ports.Time, cancellationToken).ConfigureAwait(false);
                result = await AdmitAsync(fetched, answered, opening, run, cancellationToken).ConfigureAwait(false);
            }

            return result;
        }
        catch (Exception e) when (e is TrackerException or JournalException or LeaseLostException)
        {
            return new RunResult(RunOutcome.Failed, null, e.Message);
        }
    }

    /// <summary>Treats one named problem, or everything found when <paramref name="problem"/> is null, without an issue.</summary>
    public async Task<RunResult> RemediateAsync(string? problem, string? service, RunOptions options, IFlowObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var run = new FlowRun(ports with { Tracker = null }, _catalogue, options, observer, WatchMode.Leave);
        var opening = new IncidentEvent.IncidentOpened(SystemName, null, Complaint.None, problem, service, OnlyPlan: options.OnlyPlan);
        try
        {
            return options.DryRun
                ? await RehearseAsync(true, opening, run, cancellationToken).ConfigureAwait(false)
                : await AdmitAsync(null, [], opening, run, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is JournalException or LeaseLostException)
        {
            return new RunResult(RunOutcome.Failed, null, e.Message);
        }
    }

    /// <summary>One sweep and what it means. Writes nothing.</summary>
    public async Task<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        var snapshot = await new Sweep(ports.System, ports.Time).TakeAsync(cancellationToken).ConfigureAwait(false);
        var judgement = _catalogue.Judge(snapshot);
        return new Diagnosis(snapshot, judgement.Findings, judgement.Undecided);
    }

    /// <summary>Takes up every unfinished incident of the system: kept reports are posted, watches go on. With <paramref name="once"/> each gets one look.</summary>
    public async Task<IReadOnlyList<RunResult>> WatchAsync(bool once, IFlowObserver observer, CancellationToken cancellationToken)
    {
        var results = new List<RunResult>();
        foreach (var header in await UnfinishedAsync(cancellationToken).ConfigureAwait(false))
        {
            results.Add(await TakeUpAsync(header.Id, once ? WatchMode.OneLook : WatchMode.Stay, observer, cancellationToken).ConfigureAwait(false));
        }

        return results;
    }

    /// <summary>
    /// One look at every unfinished incident, for a host that comes again and again. One sweep serves all that are watched, and a watched
    /// one is only taken up when its time is over or its problem is seen again. Gives what was taken up.
    /// </summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public async Task<IReadOnlyList<RunResult>> LookAfterAsync(IFlowObserver observer, CancellationToken cancellationToken)
    {
        var results = new List<RunResult>();
        var headers = await UnfinishedAsync(cancellationToken).ConfigureAwait(false);
        var round = await _watched.BeginAsync(headers, cancellationToken).ConfigureAwait(false);
        foreach (var header in headers)
        {
            if (header.Lifecycle != IncidentLifecycle.Watching || await round.NeedsUsAsync(header, cancellationToken).ConfigureAwait(false))
            {
                results.Add(await TakeUpAsync(header.Id, WatchMode.OneLook, observer, cancellationToken).ConfigureAwait(false));
            }
        }

        return results;
    }

    public async Task<Incident?> GetIncidentAsync(IncidentId id, CancellationToken cancellationToken)
        => Incident.Fold(await ports.Journal.ReadAsync(id, cancellationToken).ConfigureAwait(false));

    /// <summary>A dry run: the same diagnosis and decision over a scratch journal; no lease, no write, no comment.</summary>
    private static async Task<RunResult> RehearseAsync(bool isOpen, IncidentEvent.IncidentOpened opening, FlowRun run, CancellationToken cancellationToken)
    {
        if (!isOpen)
        {
            return new RunResult(RunOutcome.DryRun, null, "Dry run: the issue is closed; nothing would be done.") { Hold = HoldReason.AlreadyClosed };
        }

        var incident = await run.RehearseAsync(opening, cancellationToken).ConfigureAwait(false);
        return new RunResult(RunOutcome.DryRun, incident, "Dry run: nothing was changed, and nothing is proved.") { Decision = incident.Decision };
    }

    private Task<IReadOnlyList<IncidentHeader>> UnfinishedAsync(CancellationToken cancellationToken)
        => ports.Journal.ListAsync(SystemName, [IncidentLifecycle.Active, IncidentLifecycle.Watching], int.MaxValue, cancellationToken);

    private async Task<RunResult> TakeUpAsync(IncidentId id, WatchMode mode, IFlowObserver observer, CancellationToken cancellationToken)
    {
        var run = new FlowRun(ports, _catalogue, new RunOptions(), observer, mode);
        try
        {
            if (await ports.Locks.TryAcquireAsync(SystemName, cancellationToken).ConfigureAwait(false) is not { } lease)
            {
                return new RunResult(RunOutcome.Attached, await GetIncidentAsync(id, cancellationToken).ConfigureAwait(false), "Another process is working on this system.");
            }

            await using var keeper = new LeaseKeeper(lease, ports.Locks, ports.Time, cancellationToken);
            var incident = (await GetIncidentAsync(id, cancellationToken).ConfigureAwait(false))!;
            return Result.Of(await run.DriveAsync(incident, keeper, isAskedFor: false).ConfigureAwait(false), null);
        }
        catch (Exception e) when (e is JournalException or LeaseLostException)
        {
            return new RunResult(RunOutcome.Failed, null, e.Message);
        }
    }

    private async Task<RunResult> AdmitAsync(Issue? issue, List<Incident> answeredBefore, IncidentEvent.IncidentOpened opening, FlowRun run, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await ports.Locks.TryAcquireAsync(SystemName, cancellationToken).ConfigureAwait(false) is { } lease)
            {
                await using var keeper = new LeaseKeeper(lease, ports.Locks, ports.Time, cancellationToken);
                return await AsDriverAsync(issue, answeredBefore, opening, run, keeper).ConfigureAwait(false);
            }

            if (opening.Issue is not null && await JoinAsync(opening, cancellationToken).ConfigureAwait(false) is { } joined)
            {
                if (run.LeavesWhenJoined)
                {
                    return new RunResult(RunOutcome.Attached, await GetIncidentAsync(joined, cancellationToken).ConfigureAwait(false), $"The issue was added to incident {joined}, which is being worked on; its answer will be that one's.");
                }

                if (await WaitForDriverAsync(joined, opening.Issue, cancellationToken).ConfigureAwait(false) is { } answered)
                {
                    return new RunResult(RunOutcome.Attached, answered, $"Another process works on this trouble: the issue was added to incident {answered.Id} and got its answer.");
                }
            }

            await Task.Delay(LookAgain, ports.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>We hold the system: finish what was left behind first, then our own.</summary>
    private async Task<RunResult> AsDriverAsync(Issue? issue, List<Incident> answeredBefore, IncidentEvent.IncidentOpened opening, FlowRun run, LeaseKeeper keeper)
    {
        foreach (var unfinished in await ActiveAsync(keeper.Token).ConfigureAwait(false))
        {
            var incident = unfinished;
            var isOurs = opening.Issue is null
                ? incident.Issues.IsEmpty && incident.OnlyProblem == opening.OnlyProblem && incident.OnlyService == opening.OnlyService && incident.OnlyPlan == opening.OnlyPlan
                : incident.Issues.Any(i => i.Issue == opening.Issue);
            if (!isOurs && CanJoin(incident, opening))
            {
                incident = await run.AppendAsync(incident, new IncidentEvent.IssueAttached(opening.Issue!, opening.Complaint, opening.HumanReopened), keeper).ConfigureAwait(false);
                isOurs = true;
            }

            incident = await run.DriveAsync(incident, keeper, isOurs).ConfigureAwait(false);
            if (isOurs)
            {
                return Result.Of(incident, opening.Issue);
            }
        }

        // Somebody else answered it after we had fetched it, so what we fetched is out of date: a second incident on it would
        // write "nothing found" over the report of the repair.
        if (issue is not null && (await AnsweredAsync(issue.Ref, keeper.Token).ConfigureAwait(false)).Find(i => answeredBefore.All(known => known.Id != i.Id)) is { } meanwhile)
        {
            return new RunResult(RunOutcome.Attached, meanwhile, $"Another process answered this issue meanwhile, with incident {meanwhile.Id}.");
        }

        if (issue is { IsOpen: false })
        {
            return await AlreadyClosedAsync(issue, keeper.Token).ConfigureAwait(false);
        }

        return Result.Of(await run.OpenAsync(opening, keeper).ConfigureAwait(false), opening.Issue);
    }

    private async Task<bool> IsUnderWayAsync(IssueRef issue, CancellationToken cancellationToken)
        => (await ActiveAsync(cancellationToken).ConfigureAwait(false)).Any(i => i.Issues.Any(s => s.Issue == issue));

    private string NotTriggered() => ports.System.Pack.Policy is { Trigger: TriggerRule.Label, TriggerLabel: var label }
        ? $"Nobody with triage has put the label '{label}' on the issue, which the pack asks for (policy.trigger: label): nothing was done."
        : "The reporter has no triage in the repository, which the pack asks for (policy.trigger: triage): nothing was done.";

    /// <summary>The incidents that have given this issue its answer.</summary>
    private async Task<List<Incident>> AnsweredAsync(IssueRef issue, CancellationToken cancellationToken)
    {
        var answered = new List<Incident>();
        foreach (var header in await ports.Journal.OfIssueAsync(SystemName, issue, cancellationToken).ConfigureAwait(false))
        {
            if (await GetIncidentAsync(header.Id, cancellationToken).ConfigureAwait(false) is { } incident && incident.Issues.Any(i => i.Issue == issue && i.Settled))
            {
                answered.Add(incident);
            }
        }

        return answered;
    }

    private async Task<RunResult> AlreadyClosedAsync(Issue issue, CancellationToken cancellationToken)
    {
        var last = (await ports.Journal.OfIssueAsync(SystemName, issue.Ref, cancellationToken).ConfigureAwait(false)).FirstOrDefault();
        var incident = last is null ? null : await GetIncidentAsync(last.Id, cancellationToken).ConfigureAwait(false);
        return incident?.Issues.Any(i => i.Issue == issue.Ref && i.Closed) == true
            ? Result.Of(incident, issue.Ref)
            : new RunResult(RunOutcome.Held, null, "The issue is closed already; nothing was done.") { Hold = HoldReason.AlreadyClosed };
    }

    private async Task<List<Incident>> ActiveAsync(CancellationToken cancellationToken)
    {
        var active = new List<Incident>();
        foreach (var header in (await ports.Journal.ListAsync(SystemName, [IncidentLifecycle.Active], int.MaxValue, cancellationToken).ConfigureAwait(false)).Reverse())
        {
            if (await GetIncidentAsync(header.Id, cancellationToken).ConfigureAwait(false) is { IsOver: false } incident)
            {
                active.Add(incident);
            }
        }

        return active;
    }

    /// <summary>A complaint may share the repair only while the outcome is still open; a later one deserves a look of its own.</summary>
    private static bool CanJoin(Incident incident, IncidentEvent.IncidentOpened opening)
        => opening.Issue is not null && incident.OnlyProblem is null && !incident.Issues.IsEmpty && incident.Stage < IncidentStage.Report
            && (!incident.NeedsApproval || opening.NeedsApproval == true);

    /// <summary>Adds our issue to the incident that another process is driving; null when there is none to join.</summary>
    private async Task<IncidentId?> JoinAsync(IncidentEvent.IncidentOpened opening, CancellationToken cancellationToken)
    {
        var attached = new IncidentEvent.IssueAttached(opening.Issue!, opening.Complaint, opening.HumanReopened);
        foreach (var active in await ActiveAsync(cancellationToken).ConfigureAwait(false))
        {
            // In a storm many want in at once, and each append is lost to another's.
            for (var incident = active; incident is not null; incident = await GetIncidentAsync(incident.Id, cancellationToken).ConfigureAwait(false))
            {
                if (incident.Issues.Any(i => i.Issue == opening.Issue))
                {
                    return incident.Id;
                }

                if (!CanJoin(incident, opening))
                {
                    break;
                }

                if (await ports.Journal.AppendAsync(incident.Id, incident.Sequence + 1, attached, null, cancellationToken).ConfigureAwait(false) == AppendOutcome.Appended)
                {
                    return incident.Id;
                }
            }
        }

        return null;
    }

    /// <summary>Waits for the answer; null when the driver is gone before it came, so that somebody must take over.</summary>
    private async Task<Incident?> WaitForDriverAsync(IncidentId id, IssueRef issue, CancellationToken cancellationToken)
    {
        while (true)
        {
            var incident = await GetIncidentAsync(id, cancellationToken).ConfigureAwait(false);
            var isServed = incident!.Issues.Any(i => i.Issue == issue && i.Settled);
            if (isServed || incident.IsOver || incident.Deferred is not null || incident.Stage == IncidentStage.AwaitApproval)
            {
                return incident;
            }

            if (await ports.Locks.TryAcquireAsync(SystemName, cancellationToken).ConfigureAwait(false) is { } free)
            {
                await ports.Locks.ReleaseAsync(free, cancellationToken).ConfigureAwait(false);
                return null;
            }

            await Task.Delay(LookAgain, ports.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
