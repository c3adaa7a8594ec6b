using FieldMedic.Journal;
using FieldMedic.Storage.Postgres;

namespace FieldMedic.Storage;

/// <summary>Where the store is: a SQLite file, or a PostgreSQL database. Its text is for people and never holds a password.</summary>
public abstract class StoreAddress
{
    /// <summary><c>sqlite</c> or <c>postgresql</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The address came with a password in it.</summary>
    public virtual bool HasPassword => false;

    public static StoreAddress OfFile(string path) => new SqliteAddress(path);

    /// <summary>Whether a setting names a database rather than a file.</summary>
    public static bool IsDatabase(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PostgresUri.IsOne(text) || text.Split(';').Any(part => part.Split('=') is [var key, _, ..] && key.Trim().ToUpperInvariant() is "HOST" or "SERVER");
    }

    /// <param name="text">Keys and values (<c>Host=…;Database=…</c>), or <c>postgres://user@host:port/database</c>.</param>
    /// <param name="password">Asked for each new connection; null leaves it to the text, PGPASSWORD and the file of passwords.</param>
    /// <exception cref="FormatException">It cannot be read; the message repeats nothing of it.</exception>
    public static StoreAddress OfDatabase(string text, Func<string?> password) => new PostgresAddress(text, password);

    /// <summary>
    /// The same store, whose system leases end so long after the last renewal: how long others wait when the holder is gone without a word,
    /// and how long a holder may be cut off before it stops. SQLite has one machine, where a dead holder is seen at once, and stays as it is.
    /// </summary>
    public virtual StoreAddress WithLeases(TimeSpan lifetime) => this;

    /// <summary>Opens the store, making it when it is not there, and brings its schema up to date.</summary>
    /// <exception cref="JournalException">It cannot be opened: with the next step.</exception>
    public abstract Task<IStore> OpenAsync(TimeProvider time, CancellationToken cancellationToken);

    /// <summary>Brings the schema up to date, making the store when it is not there, and gives the names of the migrations that were missing.</summary>
    /// <exception cref="JournalException">It cannot be done: with the next step.</exception>
    public abstract Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Whether there is a store to open; makes nothing.</summary>
    /// <exception cref="JournalException">It cannot be told.</exception>
    public abstract Task<bool> ExistsAsync(CancellationToken cancellationToken);
}
