using FieldMedic.Journal;
using FieldMedic.Server.Dispatch;

namespace FieldMedic.Server.Watching;

/// <summary>
/// Takes up every unfinished incident at the start, and looks after them from then on: cut off ones are finished, kept reports posted,
/// approvals seen, closed ones watched for a relapse. One look each, so that the system is never held through a whole watch.
/// </summary>
internal sealed class Watcher(Medic medic, TimeSpan every, WatchBell bell, WorkInProgress work, TimeProvider time, ILogger<Watcher> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, work.Token);
        try
        {
            while (true)
            {
                await LookAsync().ConfigureAwait(false);
                await bell.WaitAsync(every, time, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // Parked.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            foreach (var result in await medic.LookAfterAsync(work, work.Token).ConfigureAwait(false))
            {
                if (result.Outcome == RunOutcome.Failed)
                {
                    WatchingLog.Failed(log, result.Incident?.Id.Value ?? "-", result.Message);
                }
            }
        }
        catch (JournalException e)
        {
            WatchingLog.NoJournal(log, e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            WatchingLog.Bug(log, e);
        }
    }
}
