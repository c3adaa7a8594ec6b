using FieldMedic.Incidents;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Ssh;

/// <summary>An action on the other host. When the connection breaks before its outcome is known, it is neither done nor failed.</summary>
internal sealed class LinkedAction(IRemedyAction inner, SshLink link, TimeProvider time) : IRemedyAction
{
    // The broken call and the broken connection are noticed on different sockets.
    private static readonly TimeSpan Notice = TimeSpan.FromMilliseconds(300);

    public string Remedy => inner.Remedy;

    public async Task<ActionTargets> ResolveAsync(Snapshot snapshot, string? service, CancellationToken cancellationToken)
    {
        await link.ReachAsync(cancellationToken).ConfigureAwait(false);
        return await inner.ResolveAsync(snapshot, service, cancellationToken).ConfigureAwait(false);
    }

    public async Task<ActionResult> ExecuteAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        SshLine line;
        try
        {
            line = await link.ReachAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SshException e)
        {
            return new ActionResult(false, $"{e.Message}; nothing was done");
        }

        ActionResult result;
        try
        {
            result = await inner.ExecuteAsync(action, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (OutcomeUnknownException or OperationCanceledException))
        {
            if (await HasEndedAsync(line).ConfigureAwait(false))
            {
                throw new OutcomeUnknownException("the ssh connection broke", e);
            }

            throw;
        }

        return !result.Succeeded && await HasEndedAsync(line).ConfigureAwait(false) ? throw new OutcomeUnknownException("the ssh connection broke") : result;
    }

    private async Task<bool> HasEndedAsync(SshLine line)
    {
        await Task.WhenAny(line.Ended, Task.Delay(Notice, time)).ConfigureAwait(false);
        return !line.IsUp;
    }
}
