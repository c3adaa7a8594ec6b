using System.Net.Sockets;
using FieldMedic.Journal;
using Npgsql;

namespace FieldMedic.Storage.Postgres;

/// <summary>One PostgreSQL database: connections that wait for durability, and every failure turned into words with a next step.</summary>
internal sealed class PostgresDatabase(PostgresAddress address, bool forInbox = false) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = address.Connect(forInbox);

    public PostgresAddress Address => address;

    public NpgsqlDataSource Source => _source;

    /// <summary>Asks or does something that may be asked or done twice: a connection that broke meanwhile is replaced once.</summary>
    public async Task<T> RepeatableAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await OnceCoreAsync(work, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException e) when (PostgresFailure.IsBrokenConnection(e))
        {
            return await OnceAsync(work, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresFailure.Covers(e))
        {
            throw PostgresFailure.Explain(e, address);
        }
    }

    /// <summary>Does something once. When the connection breaks, nobody knows whether it was done: that is said, and nothing is repeated.</summary>
    public async Task<T> OnceAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await OnceCoreAsync(work, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresFailure.Covers(e))
        {
            throw PostgresFailure.Explain(e, address);
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<T> OnceCoreAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            return await work(connection).ConfigureAwait(false);
        }
        catch (NpgsqlException e) when (PostgresFailure.IsBrokenConnection(e))
        {
            // The others in the pool go to the same server that is no longer there.
            _source.Clear();
            throw;
        }
    }
}
