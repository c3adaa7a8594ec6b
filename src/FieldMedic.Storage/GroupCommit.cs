using System.Threading.Channels;
using FieldMedic.Journal;

namespace FieldMedic.Storage;

/// <summary>
/// Writes of many callers in one transaction: whoever comes while the store is busy with the one before shares the next. Nobody waits
/// for company, so a single caller is as fast as ever. A caller hears of its write only when it is durable.
/// </summary>
internal sealed class GroupCommit<T> : IAsyncDisposable
{
    private const int MostAtOnce = 1024;
    private readonly Func<IReadOnlyList<T>, Task<IReadOnlyList<int>>> _commit;
    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;

    /// <param name="commit">Makes the writes durable, all or none, and gives the number of rows each of them changed.</param>
    public GroupCommit(Func<IReadOnlyList<T>, Task<IReadOnlyList<int>>> commit)
    {
        _commit = commit;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Writes, and gives the number of rows that changed.</summary>
    public Task<int> RunAsync(T write)
    {
        var mine = new Waiting(write);
        return _waiting.Writer.TryWrite(mine)
            ? mine.Done.Task
            : throw new JournalException("The store is being closed; nothing was stored.");
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        var batch = new List<Waiting>(MostAtOnce);
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < MostAtOnce && _waiting.Reader.TryRead(out var next))
            {
                batch.Add(next);
            }

            try
            {
                var changed = await _commit([.. batch.Select(w => w.Write)]).ConfigureAwait(false);
                for (var i = 0; i < batch.Count; i++)
                {
                    batch[i].Done.SetResult(changed[i]);
                }
            }
            catch (Exception e)
            {
                // Nothing of the transaction is there: everybody in it hears so, and the next one may fare better.
                batch.ForEach(w => w.Done.TrySetException(e));
            }

            batch.Clear();
        }
    }

    private sealed record Waiting(T Write)
    {
        public TaskCompletionSource<int> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
