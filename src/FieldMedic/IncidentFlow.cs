using FieldMedic.Approve;
using FieldMedic.Decide;
using FieldMedic.Diagnose;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Remedy;
using FieldMedic.Report;
using FieldMedic.Stabilize;
using FieldMedic.Tracker;
using FieldMedic.Verify;
using FieldMedic.Watch;

namespace FieldMedic;

/// <summary>
/// Start here. The order of the stages, and the only place that knows it. A stage reads the folded incident and returns one
/// event; the flow makes it durable, folds it, and goes on. Taking up an incident after a crash is the same path.
/// </summary>
internal sealed class IncidentFlow(
    IJournal journal,
    TimeProvider time,
    IFlowObserver observer,
    ProgressComment? progress,
    DiagnoseStage diagnose,
    DecideStage decide,
    ApproveStage approve,
    RemedyStage remedy,
    StabilizeStage stabilize,
    VerifyStage verify,
    ReportStage report,
    WatchStage watch)
{
    private IStage? StageOf(IncidentStage stage) => stage switch
    {
        IncidentStage.Diagnose => diagnose,      // what is wrong?                    → Decide
        IncidentStage.Decide => decide,          // what shall we do, or who?         → Remedy | Stabilize | Verify | AwaitApproval | Report
        IncidentStage.AwaitApproval => approve,  // does a maintainer agree?           → Diagnose (then Decide, Remedy), or parked
        IncidentStage.Remedy => remedy,          // announce, do; one action a time   → Stabilize (a refusal → Decide)
        IncidentStage.Stabilize => stabilize,    // has it gone quiet?                → Verify
        IncidentStage.Verify => verify,          // is it gone, and nothing worse?    → Report, or Diagnose again
        IncidentStage.Report => report,          // tell the issue; close or escalate → Watch | Over
        IncidentStage.Watch => watch,            // does it stay fixed?               → Over, or Report again (relapse)
        _ => null,                               // Over
    };

    /// <summary>Drives an incident until it is over or has to wait. Holds the system's lease throughout.</summary>
    public async Task<Incident> RunAsync(Incident incident, LeaseKeeper? keeper, CancellationToken cancellationToken)
    {
        try
        {
            return await StepAsync(incident, keeper, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // However it ends: nothing of this run may still be on its way to the issue when somebody else takes over.
            await (progress?.SettleAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        }
    }

    private async Task<Incident> StepAsync(Incident incident, LeaseKeeper? keeper, CancellationToken cancellationToken)
    {
        if (incident.Sequence > 1 && incident.Stage is not (IncidentStage.Diagnose or IncidentStage.AwaitApproval or IncidentStage.Report or IncidentStage.Watch or IncidentStage.Over))
        {
            incident = await AppendAsync(incident, new IncidentEvent.FlowResumed(incident.Stage), keeper, cancellationToken).ConfigureAwait(false);
        }

        while (StageOf(incident.Stage) is { } stage)
        {
            observer.StageEntered(incident, incident.Stage);
            if (incident.Stage == IncidentStage.AwaitApproval && progress is not null)
            {
                // The plan on the issue is what a maintainer approves: it has to be there before anybody is listened to.
                await progress.FlushAsync().ConfigureAwait(false);
            }

            if (incident.OpenAction is not null && keeper is not null)
            {
                await keeper.ConfirmAsync(cancellationToken).ConfigureAwait(false);
            }

            IncidentEvent? happened;
            using var step = FlowTelemetry.Step(incident);
            try
            {
                happened = await stage.RunAsync(incident, cancellationToken).ConfigureAwait(false);
            }
            catch (TrackerException e)
            {
                // The work is done and durable; only the telling has to wait for the next run. Said once: it may be tried for an hour.
                return incident.Deferred == e.Message ? incident : await AppendAsync(incident, new IncidentEvent.ReportDeferred(e.Message), keeper, cancellationToken).ConfigureAwait(false);
            }

            if (happened is null)
            {
                break;
            }

            incident = await AppendAsync(incident, happened, keeper, cancellationToken).ConfigureAwait(false);
        }

        return incident;
    }

    /// <summary>
    /// Appends and folds. Others may only add issues or an approval meanwhile; then what happened is appended behind that, except
    /// that an incident which was about to end or to be watched looks again, because it now owes another answer.
    /// </summary>
    public async Task<Incident> AppendAsync(Incident incident, IncidentEvent happened, LeaseKeeper? keeper, CancellationToken cancellationToken)
    {
        while (true)
        {
            var entry = new JournalEntry(incident.Id, incident.Sequence + 1, time.GetUtcNow(), happened);
            switch (await journal.AppendAsync(incident.Id, entry.Sequence, happened, keeper?.Lease, cancellationToken).ConfigureAwait(false))
            {
                case AppendOutcome.Appended:
                    var next = incident.Apply(entry);
                    observer.Appended(next, entry);
                    if (journal is not ScratchJournal)
                    {
                        FlowTelemetry.Count(next, happened);
                    }

                    if (next.Stage is not (IncidentStage.Report or IncidentStage.Watch or IncidentStage.Over) || happened is IncidentEvent.Decided { Decision: Decision.AwaitApproval })
                    {
                        progress?.Show(next, cancellationToken);
                    }

                    return next;

                case AppendOutcome.SequenceTaken:
                    incident = Incident.Fold(await journal.ReadAsync(incident.Id, cancellationToken).ConfigureAwait(false))
                        ?? throw new JournalException($"The journal of {incident.Id} is gone.");
                    if (happened is IncidentEvent.IncidentEnded or IncidentEvent.WatchStarted)
                    {
                        return incident;
                    }

                    break;

                default:
                    throw new LeaseLostException();
            }
        }
    }
}
