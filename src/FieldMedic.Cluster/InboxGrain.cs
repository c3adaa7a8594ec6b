using FieldMedic.Journal;
using FieldMedic.Server.Dispatch;
using Microsoft.Extensions.Logging;

namespace FieldMedic.Cluster;

/// <inheritdoc cref="IInboxGrain"/>
internal sealed class InboxGrain(NodeWork node, ClusterSettings settings, TimeProvider time, ILogger<InboxGrain> log) : LookingGrain(settings, time, log), IInboxGrain
{
    /// <summary>There is one.</summary>
    public const string Key = "inbox";
    private const int AtOnce = 200;

    protected override async Task OnceAsync()
    {
        try
        {
            await HandOutAsync();
        }
        catch (JournalException e)
        {
            ClusterLog.NoInbox(log, e.Message);
        }
    }

    private async Task HandOutAsync()
    {
        for (var after = 0L; ;)
        {
            var entries = await node.UnfinishedAsync(after, AtOnce, CancellationToken.None);
            await Task.WhenAll(entries.Select(e => Placement.AskAsync(GrainFactory, e)));
            if (entries.Count < AtOnce)
            {
                return;
            }

            after = entries[^1].Sequence;
        }
    }
}
