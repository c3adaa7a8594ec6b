using FieldMedic.Chat;
using FieldMedic.Hosting;
using FieldMedic.Inbox;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Server.Watching;
using FieldMedic.Tracker;

namespace FieldMedic.Server.Dispatch;

/// <summary>
/// What an event of GitHub makes the medic do. The delivery only says where to look: the issue is fetched as it is now, and the journal
/// tells whether this trouble has its incident already. So an event that comes twice, late or out of order changes nothing.
/// </summary>
internal sealed class MedicHandler(FieldMedicHost host, IDeliveryInbox inbox, WatchBell bell, WorkInProgress work) : IDeliveryHandler
{
    /// <summary>The outcome of a delivery about which there was nothing to do.</summary>
    public const string Nothing = "nothing_to_do";
    private const string Held = "held";

    public async Task AcknowledgeAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Kind is DeliveryKind.IssueOpened or DeliveryKind.IssueReopened && !await IsOursAsync(delivery, cancellationToken).ConfigureAwait(false))
        {
            await host.Feed!.ShowSeenAsync(IssueOf(delivery), cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<Handling> HandleAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            return delivery.Kind switch
            {
                _ when await IsOursAsync(delivery, cancellationToken).ConfigureAwait(false) => new Handling.Finished(Nothing),
                // A run in progress looks at the issue itself; one that waits for a person is looked after by the watcher.
                DeliveryKind.IssueClosed => Look(),
                DeliveryKind.CommentCreated => await ListenAsync(delivery, cancellationToken).ConfigureAwait(false),
                _ => await SupportAsync(delivery, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (TrackerException e)
        {
            return e.Failure is TrackerFailure.NotFound or TrackerFailure.Invalid
                ? new Handling.Finished("not_found")
                : new Handling.Later(e.Message);
        }
        catch (JournalException e)
        {
            return new Handling.Later(e.Message);
        }
    }

    private async Task<Handling> SupportAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var issue = IssueOf(delivery);
        var now = await host.Tracker!.GetIssueAsync(issue, cancellationToken).ConfigureAwait(false);
        if (!now.IsOpen || await HasItsIncidentAsync(issue, now.LastReopenedAt, cancellationToken).ConfigureAwait(false))
        {
            return new Handling.Finished(Nothing);
        }

        // An edit or a label may lift what held us back before; it is no complaint of its own.
        if (delivery.Kind is DeliveryKind.IssueEdited or DeliveryKind.IssueLabeled
            && await inbox.LastOutcomeAsync(issue.Repository, issue.Number, Nothing, cancellationToken).ConfigureAwait(false) != Held)
        {
            return new Handling.Finished(Nothing);
        }

        return await RunAsync(issue, new RunOptions { LeaveWhenJoined = true }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Handling> RunAsync(IssueRef issue, RunOptions options, CancellationToken cancellationToken)
    {
        var result = await host.Medic.SupportAsync(issue, options, work, cancellationToken).ConfigureAwait(false);
        return result switch
        {
            // An incident there is goes on by itself: the watcher takes up whatever is unfinished.
            { Outcome: RunOutcome.Failed, Incident: null } => new Handling.Later(result.Message),
            { Outcome: RunOutcome.Failed } => new Handling.Finished("unfinished"),
            { Outcome: RunOutcome.Held } => new Handling.Finished(Held),
            _ => new Handling.Finished(result.Outcome.ToString().ToLowerInvariant()),
        };
    }

    /// <summary>A comment may hold an order or say that it is still broken; the chat desk reads it fresh and knows those it has answered.</summary>
    private async Task<Handling> ListenAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var issue = IssueOf(delivery);
        var said = await host.Chat.HandleAsync(issue, delivery.CommentId!.Value, cancellationToken).ConfigureAwait(false);
        bell.Ring();
        return said switch
        {
            { Outcome: ChatOutcome.Failed } => new Handling.Later(said.Message),
            { Then: { } order } => new Handling.Repair(token => RunAsync(issue, order, token)),
            { Outcome: ChatOutcome.Ignored } => new Handling.Finished(Nothing),
            _ => new Handling.Finished(said.Outcome.ToString().ToLowerInvariant()),
        };
    }

    private async Task<bool> HasItsIncidentAsync(IssueRef issue, DateTimeOffset? reopened, CancellationToken cancellationToken)
    {
        var headers = await host.Journal.OfIssueAsync(host.Pack.System, issue, cancellationToken).ConfigureAwait(false);
        return headers.Any(h => reopened is null || h.OpenedAt >= reopened);
    }

    private Handling.Finished Look()
    {
        bell.Ring();
        return new Handling.Finished(Nothing);
    }

    private async Task<bool> IsOursAsync(Delivery delivery, CancellationToken cancellationToken)
        => delivery.Actor is { } actor && (actor.IsBot || await host.Feed!.IsUsAsync(actor, cancellationToken).ConfigureAwait(false));

    private static IssueRef IssueOf(Delivery delivery) => new(delivery.Repository!, delivery.Issue!.Value);
}
