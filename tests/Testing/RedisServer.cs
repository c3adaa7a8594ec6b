using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FieldMedic.Testing;

/// <summary>A real Redis of our own on a loopback port, in a folder of its own. It ends with the test.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/redis-server";
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldmedic-redis-").FullName;
    private readonly Process _process;

    private RedisServer(int port)
    {
        Port = port;
        _process = Process.Start(new ProcessStartInfo(
            Program,
            ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder, "--logfile", Path.Combine(_folder, "log")]))!;
    }

    public int Port { get; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{Port}");

    /// <summary>Why there can be none; null when there can.</summary>
    public static string? WhyNot()
        => File.Exists(Program) ? null
            : Environment.GetEnvironmentVariable("FIELDMEDIC_REQUIRE_REDIS") == "1" ? throw new InvalidOperationException("FIELDMEDIC_REQUIRE_REDIS=1, and there is no redis-server")
            : "needs redis-server (package redis-server)";

    public static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer(FreePort());
        for (var i = 0; i < 500 && !server._process.HasExited; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, server.Port);
                return server;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
            }
        }

        throw new InvalidOperationException("redis-server did not come up.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
