using System.Threading.Channels;
using FieldMedic.Journal;
using Microsoft.Data.Sqlite;

namespace FieldMedic.Storage;

/// <summary>
/// Writes of many callers in one transaction: whoever comes while the disk is busy with the one before shares the next. Nobody waits
/// for company, so a single caller is as fast as ever. A caller hears of its write only when it is durable.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int MostAtOnce = 1024;
    private readonly SqliteFile _file;
    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;

    public GroupCommit(SqliteFile file)
    {
        _file = file;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Writes, and gives the number of rows that changed.</summary>
    public Task<int> RunAsync(Func<SqliteConnection, SqliteTransaction, SqliteCommand> command, Action<SqliteCommand> fill)
    {
        var mine = new Waiting(command, fill);
        return _waiting.Writer.TryWrite(mine)
            ? mine.Done.Task
            : throw new JournalException($"The store {_file.Path} is being closed; nothing was stored.");
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
                await _file.WriteAsync((connection, transaction) => Task.FromResult(Execute(batch, connection, transaction)), CancellationToken.None).ConfigureAwait(false);
                batch.ForEach(w => w.Done.SetResult(w.Changed));
            }
            catch (Exception e)
            {
                // Nothing of the transaction is there: everybody in it hears so, and the next one may fare better.
                batch.ForEach(w => w.Done.SetException(e));
            }

            batch.Clear();
        }
    }

    private static int Execute(List<Waiting> batch, SqliteConnection connection, SqliteTransaction transaction)
    {
        var prepared = new Dictionary<Func<SqliteConnection, SqliteTransaction, SqliteCommand>, SqliteCommand>();
        try
        {
            foreach (var waiting in batch)
            {
                if (!prepared.TryGetValue(waiting.Make, out var command))
                {
                    prepared[waiting.Make] = command = waiting.Make(connection, transaction);
                    command.Prepare();
                }

                waiting.Fill(command);
                waiting.Changed = command.ExecuteNonQuery();
            }
        }
        finally
        {
            foreach (var command in prepared.Values)
            {
                command.Dispose();
            }
        }

        return batch.Count;
    }

    private sealed record Waiting(Func<SqliteConnection, SqliteTransaction, SqliteCommand> Make, Action<SqliteCommand> Fill)
    {
        public TaskCompletionSource<int> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Changed { get; set; }
    }
}
