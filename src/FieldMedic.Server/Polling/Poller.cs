using FieldMedic.GitHub.Feed;
using FieldMedic.Inbox;
using FieldMedic.Journal;
using FieldMedic.Server.Webhooks;
using FieldMedic.Tracker;

namespace FieldMedic.Server.Polling;

/// <summary>Asks for news at intervals and puts them through the same door as webhooks.</summary>
internal sealed class Poller(GitHubFeed feed, string repository, IDeliveryInbox inbox, InboxDoor door, ServerSettings settings, TimeProvider time, ILogger<Poller> log) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private readonly string _name = $"github {repository}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var every = settings.PollEvery!.Value;
        var trouble = every;
        try
        {
            while (true)
            {
                TimeSpan wait;
                try
                {
                    wait = await LookAsync(stoppingToken).ConfigureAwait(false) is { } asked && asked > every ? asked : every;
                    trouble = every;
                }
                catch (Exception e) when (e is TrackerException or JournalException)
                {
                    feed.Forget();
                    trouble = trouble * 2 < LongestWait ? trouble * 2 : LongestWait;
                    wait = trouble;
                    PollingLog.Failed(log, repository, wait, e.Message);
                }

                await Task.Delay(wait, time, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was not looked at is looked at by the next start.
        }
    }

    private async Task<TimeSpan?> LookAsync(CancellationToken cancellationToken)
    {
        var mark = await inbox.MarkAsync(_name, cancellationToken).ConfigureAwait(false);
        if (mark is null)
        {
            // What was there before the first start is not ours to stir up.
            mark = time.GetUtcNow();
            await inbox.SetMarkAsync(_name, mark.Value, cancellationToken).ConfigureAwait(false);
        }

        var news = await feed.LookAsync(repository, mark.Value, cancellationToken).ConfigureAwait(false);
        foreach (var delivery in news.Deliveries)
        {
            await door.AcceptAsync(delivery, cancellationToken).ConfigureAwait(false);
        }

        if (news.Mark > mark)
        {
            await inbox.SetMarkAsync(_name, news.Mark, cancellationToken).ConfigureAwait(false);
        }

        return news.Wait;
    }
}
