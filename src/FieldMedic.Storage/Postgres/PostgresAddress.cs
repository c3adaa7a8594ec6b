using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace FieldMedic.Storage.Postgres;

/// <summary>Where a PostgreSQL store is. Its text names host, port, database and schema, and never holds a password.</summary>
internal sealed partial class PostgresAddress : StoreAddress
{
    private const string DefaultSchema = "fieldmedic";
    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly Func<string?> _password;

    /// <param name="connectionString">Of keys and values, or an address that begins with postgres://.</param>
    /// <param name="password">Asked for each new connection; null leaves it to the connection string, PGPASSWORD and the file of passwords.</param>
    /// <exception cref="FormatException">It cannot be read; the message repeats nothing of it.</exception>
    public PostgresAddress(string connectionString, Func<string?> password)
    {
        (_settings, _password) = (Read(connectionString), password);
        HasPassword = !string.IsNullOrEmpty(_settings.Password);
        var schema = (_settings.SearchPath ?? DefaultSchema).Split(',')[0].Trim();
        Schema = PlainName().IsMatch(schema) ? schema : throw new FormatException("The schema ('Search Path') must be of small letters, digits and underscores.");
        _settings.SearchPath = Schema;
    }

    private PostgresAddress(PostgresAddress from, TimeSpan leaseLifetime)
        => (_settings, _password, HasPassword, Schema, LeaseLifetime) = (from._settings, from._password, from.HasPassword, from.Schema, leaseLifetime);

    public override string Kind => "postgresql";

    public TimeSpan LeaseLifetime { get; } = PostgresLocks.Lifetime;

    public override bool HasPassword { get; }

    public string Schema { get; }

    public string User => _settings.Username ?? Environment.UserName;

    public string Database => _settings.Database ?? User;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"postgres://{User}@{_settings.Host}:{_settings.Port}/{Database}") + (Schema == DefaultSchema ? "" : $" (schema {Schema})");

    public override StoreAddress WithLeases(TimeSpan lifetime) => new PostgresAddress(this, lifetime);

    public override async Task<IStore> OpenAsync(TimeProvider time, CancellationToken cancellationToken) => await PostgresStore.OpenAsync(this, cancellationToken).ConfigureAwait(false);

    public override async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var database = new PostgresDatabase(this);
        return await PostgresSchema.PrepareAsync(database, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var database = new PostgresDatabase(this);
        return await PostgresSchema.ExistsAsync(database, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The connections of one node: a quarter for its inbox, the others for its journal, together never more than the connection string allows.</summary>
    public NpgsqlDataSource Connect(bool forInbox)
    {
        var inbox = Math.Max(1, _settings.MaxPoolSize / 4);
        var pool = forInbox ? inbox : Math.Max(1, _settings.MaxPoolSize - inbox);
        var builder = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { MaxPoolSize = pool, MinPoolSize = Math.Min(_settings.MinPoolSize, pool) }.ConnectionString);
        if (!HasPassword && _password() is not null)
        {
            // Per connection: a password that is changed while we run is seen.
            builder.UsePasswordProvider(_ => _password() ?? "", (_, _) => ValueTask.FromResult(_password() ?? ""));
        }

        return builder.Build();
    }

    private static NpgsqlConnectionStringBuilder Read(string text)
    {
        try
        {
            var given = new DbConnectionStringBuilder { ConnectionString = PostgresUri.IsOne(text) ? PostgresUri.ToConnectionString(text) : text };
            var settings = new NpgsqlConnectionStringBuilder(given.ConnectionString) { IncludeErrorDetail = false, PersistSecurityInfo = false, Enlist = false };
            if (string.IsNullOrWhiteSpace(settings.Host))
            {
                throw new FormatException("The connection string of the store names no host.");
            }

            Default(given, "Timeout", () => settings.Timeout = 5);
            Default(given, "Command Timeout", () => settings.CommandTimeout = 8);
            Default(given, "Maximum Pool Size", () => settings.MaxPoolSize = 20);
            Default(given, "Application Name", () => settings.ApplicationName = "fieldmedic");
            if (settings.Host.Contains(',', StringComparison.Ordinal))
            {
                Default(given, "Target Session Attributes", () => settings.TargetSessionAttributes = "primary");
            }

            // Last, so that it counts whatever role, database or the text itself say: an append that returns is on the disk.
            settings.Options = $"{settings.Options} -c synchronous_commit=on -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s -c timezone=UTC".TrimStart();
            return settings;
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException or InvalidCastException or OverflowException)
        {
            // Not its message: that may quote a part of a password with a semicolon in it.
            throw new FormatException("The connection string of the store cannot be read. It looks like 'Host=db.example.org;Database=fieldmedic;Username=fieldmedic' or postgres://fieldmedic@db.example.org/fieldmedic; a value with ';' or '=' stands in quotes.");
        }
    }

    private static void Default(DbConnectionStringBuilder given, string key, Action set)
    {
        if (!given.ContainsKey(key) && !given.ContainsKey(key.Replace(" ", "", StringComparison.Ordinal)))
        {
            set();
        }
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$")]
    private static partial Regex PlainName();
}
