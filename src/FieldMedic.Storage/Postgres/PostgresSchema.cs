using System.Reflection;
using Dapper;
using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using DbUp.Postgresql;
using FieldMedic.Journal;
using Npgsql;

namespace FieldMedic.Storage.Postgres;

/// <summary>The schema of a PostgreSQL store. Migrations run under a lock of the database, so nodes that start at once take turns.</summary>
internal static class PostgresSchema
{
    private const string Migrations = "FieldMedic.Storage.Postgres.Migrations.";
    private const string Table = "schema_versions";

    private static readonly string[] Known = [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(n => n.StartsWith(Migrations, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Whether there is a store at all.</summary>
    public static Task<bool> ExistsAsync(PostgresDatabase database, CancellationToken cancellationToken)
        => database.RepeatableAsync(async c => (await AppliedAsync(c, database.Address, cancellationToken).ConfigureAwait(false)).Count > 0, cancellationToken);

    /// <summary>Applies what is missing and gives its names; touches nothing, and needs no right to, when nothing is.</summary>
    public static Task<IReadOnlyList<string>> PrepareAsync(PostgresDatabase database, CancellationToken cancellationToken) => database.RepeatableAsync<IReadOnlyList<string>>(
        async connection =>
        {
            if ((await MissingAsync(connection, database.Address, cancellationToken).ConfigureAwait(false)).Count == 0)
            {
                return [];
            }

            // Of the session: it ends with the connection, also when this process is killed.
            await connection.ExecuteAsync(Take(database.Address, cancellationToken)).ConfigureAwait(false);
            try
            {
                var missing = await MissingAsync(connection, database.Address, cancellationToken).ConfigureAwait(false);
                if (missing.Count > 0)
                {
                    await MakeSchemaAsync(connection, database.Address, cancellationToken).ConfigureAwait(false);
                    await Task.Run(() => Upgrade(database), cancellationToken).ConfigureAwait(false);
                }

                return missing;
            }
            finally
            {
                await connection.ExecuteAsync("SELECT pg_advisory_unlock_all()").ConfigureAwait(false);
            }
        },
        cancellationToken);

    private static CommandDefinition Take(PostgresAddress address, CancellationToken cancellationToken) => new(
        "SET lock_timeout = '60s'; SELECT pg_advisory_lock(hashtextextended('fieldmedic migrate ' || @Schema, 0))",
        new { address.Schema },
        commandTimeout: 70,
        cancellationToken: cancellationToken);

    private static async Task MakeSchemaAsync(NpgsqlConnection connection, PostgresAddress address, CancellationToken cancellationToken)
    {
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = @Schema)", new { address.Schema }, cancellationToken: cancellationToken)).ConfigureAwait(false))
        {
            await connection.ExecuteAsync(new CommandDefinition($"CREATE SCHEMA {address.Schema}", cancellationToken: cancellationToken)).ConfigureAwait(false);
        }
    }

    private static void Upgrade(PostgresDatabase database)
    {
        var result = DeployChanges.To
            .PostgresqlDatabase(new PostgresqlConnectionManager(database.Source))
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => name.StartsWith(Migrations, StringComparison.Ordinal))
            .JournalToPostgresqlTable(database.Address.Schema, Table)
            .WithVariablesDisabled()
            .WithTransaction()
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw result.Error;
        }
    }

    private static async Task<List<string>> MissingAsync(NpgsqlConnection connection, PostgresAddress address, CancellationToken cancellationToken)
    {
        var applied = await AppliedAsync(connection, address, cancellationToken).ConfigureAwait(false);
        if (applied.Find(name => !Known.Contains(name, StringComparer.Ordinal)) is { } newer)
        {
            throw new JournalException($"The store {address} was written by a newer FieldMedic (it has {newer}). Use that version, or another store.");
        }

        return [.. Known.Except(applied, StringComparer.Ordinal)];
    }

    private static async Task<List<string>> AppliedAsync(NpgsqlConnection connection, PostgresAddress address, CancellationToken cancellationToken)
    {
        var isThere = await connection.ExecuteScalarAsync<bool>(new CommandDefinition("SELECT to_regclass(@table) IS NOT NULL", new { table = $"{address.Schema}.{Table}" }, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return isThere
            ? [.. await connection.QueryAsync<string>(new CommandDefinition($"SELECT scriptname FROM {address.Schema}.{Table}", cancellationToken: cancellationToken)).ConfigureAwait(false)]
            : [];
    }
}
