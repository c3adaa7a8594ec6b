using FieldMedic.Testing;

namespace FieldMedic.Server.Tests.Harness;

/// <summary>One real Redis for the tests of a class; each test takes a database of its own.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private int _databases;
    private RedisServer? _server;

    internal string NextDatabase()
    {
        Assert.SkipWhen(_server is null, RedisServer.WhyNot() ?? "");
        return $"{_server!.Address}/{Interlocked.Increment(ref _databases)}";
    }

    public async ValueTask InitializeAsync()
    {
        if (RedisServer.WhyNot() is null)
        {
            _server = await RedisServer.StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
