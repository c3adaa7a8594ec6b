using FieldMedic.Testing;

namespace FieldMedic.Cli.Tests.Store;

/// <summary>One real server for the tests of a class; each test works in a schema of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private static int _schemas;
    private PostgresServer? _server;

    internal PostgresServer Server
    {
        get
        {
            Assert.SkipWhen(_server is null, PostgresServer.WhyNot() ?? "");
            return _server!;
        }
    }

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

    /// <summary>A desk whose store is a schema that nobody has used yet.</summary>
    internal async Task<Desk> DeskAsync(string window = "1s")
    {
        var address = $"{Server.Address};Search Path=cli_{Interlocked.Increment(ref _schemas)}";
        var desk = await Desk.OpenAsync(window);
        desk.Environment["FIELDMEDIC_STORE"] = address;
        desk.Environment["FIELDMEDIC_STORE_PASSWORD"] = PostgresServer.Password;
        return desk;
    }
}
