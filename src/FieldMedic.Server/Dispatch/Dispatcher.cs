using System.Collections.Concurrent;
using FieldMedic.Inbox;
using FieldMedic.Journal;
using FieldMedic.Server.Webhooks;
using FieldMedic.Tracker;

namespace FieldMedic.Server.Dispatch;

/// <summary>
/// Takes deliveries out of the inbox and hands each to the handler, side by side, until it is finished: at least once, over
/// restarts, too. Chat commands do not wait behind issues. Waiting holds no thread. In a cluster each is handed to the node that its placement names.
/// </summary>
internal sealed class Dispatcher(IDeliveryInbox inbox, InboxDoor door, IDeliveryHandler handler, ServerSettings settings, WorkInProgress work, TimeProvider time, ILogger<Dispatcher> log, IWorkPlacement? placement = null) : BackgroundService
{
    private const int MostInFlight = 512;
    private const int MostMishaps = 5;
    // In a flood what comes within it is read, and mostly finished, together.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);
    private readonly SemaphoreSlim _inFlight = new(MostInFlight);
    private readonly SemaphoreSlim _issues = new(settings.IssueLanes);
    private readonly SemaphoreSlim _comments = new(settings.CommentLanes);
    private readonly SemaphoreSlim _acknowledging = new(settings.CommentLanes);
    private readonly ConcurrentDictionary<long, Task> _running = new();

    public override void Dispose()
    {
        base.Dispose();
        _inFlight.Dispose();
        _issues.Dispose();
        _comments.Dispose();
        _acknowledging.Dispose();
    }

    /// <summary>Whether this process works on it, or has it waiting.</summary>
    public bool IsInHand(long sequence) => _running.ContainsKey(sequence);

    /// <summary>Works on what another node handed over, unless it is in hand already or there is too much of it; then false, and it comes again.</summary>
    public bool TryTake(InboxEntry entry)
    {
        if (work.IsStopping)
        {
            return false;
        }

        if (IsInHand(entry.Sequence))
        {
            return true;
        }

        if (!_inFlight.Wait(0))
        {
            return false;
        }

        Start(entry);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var retaking = settings.RetakeEvery is { } every ? RetakeAsync(every, stoppingToken) : Task.CompletedTask;
            await TakeAsync(stoppingToken).ConfigureAwait(false);
            await retaking.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is running is parked by its own token; what is not finished is taken up by the next start.
            await Task.WhenAll(_running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TakeAsync(CancellationToken stopping)
    {
        var seen = 0L;
        while (true)
        {
            var entries = await UnfinishedAsync(seen, stopping).ConfigureAwait(false);
            foreach (var entry in entries)
            {
                seen = entry.Sequence;
                if (placement is null || !await placement.HandOverAsync(entry, stopping).ConfigureAwait(false))
                {
                    await _inFlight.WaitAsync(stopping).ConfigureAwait(false);
                    Start(entry);
                }
            }

            if (entries.Count < MostInFlight)
            {
                await door.RungAsync(stopping).ConfigureAwait(false);
                await Task.Delay(Gathering, time, stopping).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes up what another server on the same store has left unfinished for a while; should it be at work on it still, the lease lets one of us act.</summary>
    private async Task RetakeAsync(TimeSpan every, CancellationToken stopping)
    {
        for (HashSet<long> before = []; ;)
        {
            await Task.Delay(every, time, stopping).ConfigureAwait(false);
            var unfinished = await UnfinishedAsync(0, stopping).ConfigureAwait(false);
            foreach (var entry in unfinished.Where(e => before.Contains(e.Sequence)))
            {
                TryTake(entry);
            }

            before = [.. unfinished.Select(e => e.Sequence)];
        }
    }

    /// <summary>With a place in flight, which its end gives back.</summary>
    private void Start(InboxEntry entry)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_running.TryAdd(entry.Sequence, ended.Task))
        {
            _inFlight.Release();
            return;
        }

        _ = Task.Run(
            async () =>
            {
                await RunAsync(entry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                ended.SetResult();
            },
            CancellationToken.None);
    }

    private async Task<IReadOnlyList<InboxEntry>> UnfinishedAsync(long seen, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                return await inbox.UnfinishedAsync(seen, MostInFlight, stopping).ConfigureAwait(false);
            }
            catch (JournalException e)
            {
                DispatchLog.NoInbox(log, FirstWait, e);
                await Task.Delay(FirstWait, time, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task RunAsync(InboxEntry entry)
    {
        try
        {
            await AcknowledgeAsync(entry).ConfigureAwait(false);
            var outcome = await HandleAsync(entry).ConfigureAwait(false);
            await FinishAsync(entry, outcome).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (work.Token.IsCancellationRequested)
        {
            // Not finished: the next start takes it up.
        }
        finally
        {
            _running.TryRemove(entry.Sequence, out _);
            _inFlight.Release();
        }
    }

    private async Task AcknowledgeAsync(InboxEntry entry)
    {
        await _acknowledging.WaitAsync(work.Token).ConfigureAwait(false);
        try
        {
            await handler.AcknowledgeAsync(entry.Delivery, work.Token).ConfigureAwait(false);
        }
        catch (TrackerException e)
        {
            DispatchLog.NotAcknowledged(log, entry.Sequence, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            DispatchLog.Failed(log, entry.Sequence, e);
        }
        finally
        {
            _acknowledging.Release();
        }
    }

    private async Task<string> HandleAsync(InboxEntry entry)
    {
        var mishaps = 0;
        for (var wait = FirstWait; ; wait = Longer(wait))
        {
            try
            {
                var lane = entry.Delivery.Kind == DeliveryKind.CommentCreated ? _comments : _issues;
                var handling = await InLaneAsync(lane, token => handler.HandleAsync(entry.Delivery, token)).ConfigureAwait(false);
                if (handling is Handling.Repair repair)
                {
                    handling = await InLaneAsync(_issues, repair.Run).ConfigureAwait(false);
                }

                switch (handling)
                {
                    case Handling.Finished done:
                        return done.Outcome;
                    case Handling.Later later:
                        DispatchLog.Later(log, entry.Sequence, wait, later.Why);
                        break;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A bug, or an edge nobody thought of: it must stop neither the others nor itself for ever.
                DispatchLog.Failed(log, entry.Sequence, e);
                if (++mishaps == MostMishaps)
                {
                    return "failed";
                }
            }

            await Task.Delay(wait, time, work.Token).ConfigureAwait(false);
        }
    }

    private async Task<Handling> InLaneAsync(SemaphoreSlim lane, Func<CancellationToken, Task<Handling>> handle)
    {
        await lane.WaitAsync(work.Token).ConfigureAwait(false);
        try
        {
            return await handle(work.Token).ConfigureAwait(false);
        }
        finally
        {
            lane.Release();
        }
    }

    private async Task FinishAsync(InboxEntry entry, string outcome)
    {
        for (var wait = FirstWait; ; wait = Longer(wait))
        {
            try
            {
                await inbox.FinishAsync(entry.Sequence, outcome, work.Token).ConfigureAwait(false);
                DispatchLog.Finished(log, entry.Sequence, entry.Delivery.Kind, entry.Delivery.Issue, outcome);
                return;
            }
            catch (JournalException e)
            {
                DispatchLog.NoInbox(log, wait, e);
                await Task.Delay(wait, time, work.Token).ConfigureAwait(false);
            }
        }
    }

    private static TimeSpan Longer(TimeSpan wait) => wait * 2 < LongestWait ? wait * 2 : LongestWait;
}
