using FieldMedic.Approve;
using FieldMedic.Decide;
using FieldMedic.Diagnose;
using FieldMedic.Incidents;
using FieldMedic.Intake;
using FieldMedic.Journal;
using FieldMedic.Limits;
using FieldMedic.Packs;
using FieldMedic.Remedy;
using FieldMedic.Report;
using FieldMedic.Stabilize;
using FieldMedic.Systems;
using FieldMedic.Tracker;
using FieldMedic.Verify;
using FieldMedic.Watch;

namespace FieldMedic;

/// <summary>The stages wired for one run.</summary>
internal sealed class FlowRun
{
    private readonly MedicPorts _ports;
    private readonly RunOptions _options;
    private readonly ProgressComment? _comments;
    private readonly IncidentFlow _flow;
    private readonly DiagnoseStage _diagnose;
    private readonly DecideStage _decide;

    public FlowRun(MedicPorts ports, ProblemCatalogue catalogue, RunOptions options, IFlowObserver observer, WatchMode watch)
    {
        _ports = ports;
        _options = options;
        var (system, time, pack) = (ports.System, ports.Time, ports.System.Pack);
        var journal = options.DryRun ? new ScratchJournal(ports.Journal, time) : ports.Journal;
        var sweep = new Sweep(system, time);
        var mandate = new Mandate(pack);
        var limits = new SafetyLimits(pack, journal, ports.Controls, time);
        var renderer = new ReportRenderer(pack, catalogue, new Redactor(pack, ports.Secrets), time);
        Hold = new HoldCheck(pack, ports.Tracker, time);
        _comments = ports.Tracker is null || options.DryRun ? null : new ProgressComment(ports.Tracker, renderer);
        _diagnose = new DiagnoseStage(pack, sweep, catalogue, time);
        _decide = new DecideStage(pack, catalogue, new Ladder(system, catalogue, time), mandate, limits, Hold);
        _flow = new IncidentFlow(
            journal,
            time,
            observer,
            _comments,
            _diagnose,
            _decide,
            new ApproveStage(ports.Tracker),
            new RemedyStage(system, mandate, limits, Hold, time),
            new StabilizeStage(pack, catalogue, sweep, time, observer.Sampled),
            new VerifyStage(pack, catalogue, sweep, time),
            new ReportStage(pack, catalogue, ports.Tracker, _comments, renderer, Hold, time),
            new WatchStage(pack, catalogue, sweep, time, watch));
    }

    public HoldCheck Hold { get; }

    public bool LeavesWhenJoined => _options.LeaveWhenJoined;

    /// <summary>Remembers a freshly fetched issue, so that it is not fetched again.</summary>
    public void Note(Issue issue) => _comments?.Note(issue);

    /// <summary>Opens an incident and drives it.</summary>
    public async Task<Incident> OpenAsync(IncidentEvent.IncidentOpened opening, LeaseKeeper keeper)
    {
        var blank = new Incident { Id = IncidentId.New(_ports.Time), OpenedAt = _ports.Time.GetUtcNow() };
        return await DriveAsync(await AppendAsync(blank, opening, keeper).ConfigureAwait(false), keeper, isAskedFor: true).ConfigureAwait(false);
    }

    public Task<Incident> AppendAsync(Incident incident, IncidentEvent happened, LeaseKeeper? keeper)
        => _flow.AppendAsync(incident, happened, keeper, keeper?.Token ?? CancellationToken.None);

    /// <summary>Drives an incident until it is over or has to wait. A lost lease ends it with <see cref="LeaseLostException"/>.</summary>
    /// <param name="isAskedFor">The incident is the one the caller asked about, so an approval is meant for it.</param>
    public async Task<Incident> DriveAsync(Incident incident, LeaseKeeper keeper, bool isAskedFor)
    {
        try
        {
            incident = await _flow.RunAsync(incident, keeper, keeper.Token).ConfigureAwait(false);
            if (isAskedFor && incident.Stage == IncidentStage.AwaitApproval && _options.ApprovedBy is { } by)
            {
                incident = await AppendAsync(incident, new IncidentEvent.ApprovalGiven(by), keeper).ConfigureAwait(false);
                incident = await _flow.RunAsync(incident, keeper, keeper.Token).ConfigureAwait(false);
            }

            return incident;
        }
        catch (OperationCanceledException) when (keeper.IsLost)
        {
            throw new LeaseLostException();
        }
    }

    /// <summary>Diagnose and Decide over the scratch journal: what a real run would do next.</summary>
    public async Task<Incident> RehearseAsync(IncidentEvent.IncidentOpened opening, CancellationToken cancellationToken)
    {
        var incident = new Incident { Id = IncidentId.New(_ports.Time), OpenedAt = _ports.Time.GetUtcNow() };
        incident = await _flow.AppendAsync(incident, opening, null, cancellationToken).ConfigureAwait(false);
        foreach (var stage in new IStage[] { _diagnose, _decide })
        {
            incident = await _flow.AppendAsync(incident, (await stage.RunAsync(incident, cancellationToken).ConfigureAwait(false))!, null, cancellationToken).ConfigureAwait(false);
        }

        return incident;
    }
}
