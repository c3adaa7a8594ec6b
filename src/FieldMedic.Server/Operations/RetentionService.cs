using FieldMedic.Journal;
using FieldMedic.Storage;

namespace FieldMedic.Server.Operations;

/// <summary>Removes incidents that are over and old, at the start and once a day.</summary>
internal sealed class RetentionService(IStoreUpkeep upkeep, TimeSpan kept, TimeProvider time, ILogger<RetentionService> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await RemoveAsync(stoppingToken).ConfigureAwait(false);
                await Task.Delay(Every, time, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
    }

    private async Task RemoveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var removed = await upkeep.RemoveOverAsync(time.GetUtcNow() - kept, cancellationToken).ConfigureAwait(false);
            if (removed > 0)
            {
                RetentionLog.Removed(log, removed, kept.TotalDays);
            }
        }
        catch (JournalException e)
        {
            RetentionLog.Failed(log, e.Message);
        }
    }
}
