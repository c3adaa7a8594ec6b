using System.Reflection;
using DbUp;
using DbUp.Engine.Output;
using FieldMedic.Journal;
using Microsoft.Data.Sqlite;

namespace FieldMedic.Storage;

/// <summary>One SQLite file: opening, migrating, and turning every failure into words with a next step.</summary>
internal sealed class SqliteFile(string path, string schema) : IAsyncDisposable
{
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // One write at a time within the process; SQLite serializes processes.
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = 15,
        ForeignKeys = true,
    }.ToString();

    public string Path { get; } = path;

    /// <summary>Makes the file where it is missing, applies missing migrations, and gives their names.</summary>
    public async Task<IReadOnlyList<string>> PrepareAsync(CancellationToken cancellationToken)
    {
        await Guard(async () =>
        {
            MakeFile();
            await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(connection, "PRAGMA journal_mode = WAL;", cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return await Guard(() => Task.Run(Migrate, cancellationToken)).ConfigureAwait(false);
    }

    public Task<T> ReadAsync<T>(Func<SqliteConnection, Task<T>> read, CancellationToken cancellationToken) => Guard(async () =>
    {
        await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await read(connection).ConfigureAwait(false);
    });

    /// <summary>Runs in one immediate transaction, so that what is checked still holds when it is written.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, Task<T>> write, CancellationToken cancellationToken) => Guard(async () =>
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var transaction = connection.BeginTransaction(deferred: false);
            var result = await write(connection, transaction).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
        finally
        {
            _writing.Release();
        }
    });

    /// <summary>Copies the file, as it is at one moment, into a new one that appears when it is whole; others go on reading and writing.</summary>
    public Task<string> CopyAsync(string target, CancellationToken cancellationToken) => Guard(async () =>
    {
        var whole = System.IO.Path.GetFullPath(target);
        var part = whole + ".part";
        if (File.Exists(whole))
        {
            throw new JournalException($"{whole} exists already; nothing was copied. Name a new file.");
        }

        File.Delete(part);
        MakePrivate(part);
        await using (var from = await OpenAsync(cancellationToken).ConfigureAwait(false))
        await using (var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = part, Pooling = false }.ToString()))
        {
            await to.OpenAsync(cancellationToken).ConfigureAwait(false);
            await Task.Run(() => from.BackupDatabase(to), cancellationToken).ConfigureAwait(false);
        }

        File.Move(part, whole);
        return whole;
    });

    public ValueTask DisposeAsync()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
        _writing.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(connection, "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 15000;", cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private void MakeFile()
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        if (!Directory.Exists(folder))
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        if (!File.Exists(Path))
        {
            MakePrivate(Path);
        }
    }

    /// <summary>The journal names servers and what was done on them: for the owner only.</summary>
    private static void MakePrivate(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }
    }

    /// <summary>Applies missing migrations. Two processes starting at once take turns by a lock file beside the store.</summary>
    private IReadOnlyList<string> Migrate()
    {
        using var turn = TakeTurn();
        var upgrade = DeployChanges.To
            .SqliteDatabase(_connectionString)
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => name.StartsWith(schema, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .WithTransactionPerScript()
            .LogTo(new NoOpUpgradeLog())
            .Build();
        var known = upgrade.GetDiscoveredScripts().Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        if (upgrade.GetExecutedScripts().FirstOrDefault(name => !known.Contains(name)) is { } newer)
        {
            throw new JournalException($"The store {Path} was written by a newer FieldMedic (it has {newer}). Use that version, or another store.");
        }

        var result = upgrade.PerformUpgrade();
        return result.Successful ? [.. result.Scripts.Select(s => s.Name)] : throw result.Error;
    }

    private FileStream TakeTurn()
    {
        var lockFile = Path + ".migrate";
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
            }
            catch (IOException) when (attempt < 300)
            {
                // Migrations take milliseconds; this runs on a pool thread only at start.
                Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult();
            }
        }
    }

    private Task<bool> Guard(Func<Task> work) => Guard(async () =>
    {
        await work().ConfigureAwait(false);
        return true;
    });

    private async Task<T> Guard<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            throw new JournalException($"The store {Path} {Explain(e)}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"The store {Path} cannot be opened: {e.Message} Check the path and its permissions (setting: store).", e);
        }
    }

    private static string Explain(SqliteException e) => e.SqliteErrorCode switch
    {
        Busy => "is locked by another process for too long. Find the process that holds it, then run again.",
        ReadOnly => "is read-only. Give this user write permission on the file and its folder.",
        Corrupt => "is damaged. Restore a backup, or move it away to start anew.",
        Full => "cannot grow: the disk is full. Free space, then run again; nothing that was acknowledged is lost.",
        CannotOpen => "cannot be opened. Check that the folder exists and is writable.",
        NotADatabase => "is not a FieldMedic store. Point the setting 'store' to another file.",
        _ => $"failed: {e.Message}",
    };
}
