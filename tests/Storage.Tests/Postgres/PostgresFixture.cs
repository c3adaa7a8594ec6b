using FieldMedic.Storage.Postgres;
using FieldMedic.Storage.Tests.Postgres;
using FieldMedic.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace FieldMedic.Storage.Tests.Postgres;

/// <summary>One real server for all tests of this assembly; each test works in a schema of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private static int _schemas;
    private PostgresServer? _server;

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.WhyNot() is null)
        {
            _server = await PostgresServer.StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>Skips the test where there is no server.</summary>
    internal PostgresServer Server
    {
        get
        {
            Assert.SkipWhen(_server is null, PostgresServer.WhyNot() ?? "");
            return _server!;
        }
    }

    /// <summary>A store that nobody has opened yet.</summary>
    internal PostgresAddress NewAddress() => At($"test_{Interlocked.Increment(ref _schemas)}");

    internal PostgresAddress At(string schema) => new($"{Server.Address};Search Path={schema}", () => PostgresServer.Password);

    /// <summary>Runs SQL in the schema of a store.</summary>
    internal static async Task ExecuteAsync(PostgresAddress address, string sql)
    {
        await using var source = address.Connect(forInbox: false);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    internal static async Task<T> ScalarAsync<T>(PostgresAddress address, string sql)
    {
        await using var source = address.Connect(forInbox: false);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    internal static async Task<DateTimeOffset> NowAsync(PostgresAddress address) => await ScalarAsync<DateTime>(address, "SELECT clock_timestamp()");

    /// <summary>The server's clock cannot be set, so everything that is stored grows older.</summary>
    internal static Task PassAsync(PostgresAddress address, TimeSpan span) => ExecuteAsync(
        address,
        $"""
        UPDATE leases SET expires_at = expires_at - interval '{span.TotalSeconds} s';
        UPDATE events SET at = at - interval '{span.TotalSeconds} s';
        UPDATE incidents SET opened_at = opened_at - interval '{span.TotalSeconds} s', last_at = last_at - interval '{span.TotalSeconds} s';
        UPDATE deliveries SET accepted_at = accepted_at - interval '{span.TotalSeconds} s', finished_at = finished_at - interval '{span.TotalSeconds} s';
        """);
}
