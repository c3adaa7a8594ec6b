using FieldMedic.Incidents;
using FieldMedic.Intake;
using FieldMedic.Limits;
using FieldMedic.Systems;

namespace FieldMedic.Remedy;

/// <summary>
/// Do it: one action at a time. The first call returns the announcement; only when the flow has made that durable does the
/// next call act. An announcement of an earlier process never gets here: resuming closes it as "outcome unknown".
/// </summary>
internal sealed class RemedyStage(SystemUnderCare system, Mandate mandate, SafetyLimits limits, HoldCheck hold, TimeProvider time) : IStage
{
    public async Task<IncidentEvent?> RunAsync(Incident incident, CancellationToken cancellationToken)
    {
        if (incident.OpenAction is { } announced)
        {
            return await ActAsync(announced, cancellationToken).ConfigureAwait(false);
        }

        // Between two actions of a plan there is time for a human to say stop.
        if (await hold.IsHeldAsync(incident, cancellationToken).ConfigureAwait(false))
        {
            return new IncidentEvent.Decided(new Decision.Hold(HoldReason.HoldLabel));
        }

        if (!Mandate.IsApproved(incident, incident.Plan!) && await hold.AtWorkAsync(incident, cancellationToken).ConfigureAwait(false) is { } human)
        {
            return new IncidentEvent.Decided(new Decision.AwaitApproval(incident.Plan!, human));
        }

        var next = incident.Plan!.Actions[0];
        if (mandate.Refuse(incident, incident.Plan) is { } forbidden)
        {
            return new IncidentEvent.ActionRefused(next, forbidden.Reason, forbidden.Detail);
        }

        return await limits.CheckAsync(next, cancellationToken).ConfigureAwait(false) is { } refusal
            ? new IncidentEvent.ActionRefused(next, refusal.Reason, refusal.Detail)
            : new IncidentEvent.ActionStarted(next);
    }

    private async Task<IncidentEvent> ActAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = time.GetTimestamp();
        using var budget = new CancellationTokenSource(action.Budget, time);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, budget.Token);
        ActionResult result;
        try
        {
            var executing = Task.Run(() => system.Actions[action.Remedy].ExecuteAsync(action, limited.Token), CancellationToken.None);
            result = await executing.WaitAsync(limited.Token).ConfigureAwait(false) ?? new ActionResult(false, "it did not say how it went");
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            result = new ActionResult(false, $"did not finish within {action.Budget.TotalSeconds:0} s");
        }
        catch (OutcomeUnknownException e) when (!cancellationToken.IsCancellationRequested)
        {
            return new IncidentEvent.ActionCutOff(action, e.Message, time.GetElapsedTime(started));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            result = new ActionResult(false, e.Message);
        }

        return new IncidentEvent.ActionFinished(action, result.Succeeded, result.Detail, time.GetElapsedTime(started));
    }
}
