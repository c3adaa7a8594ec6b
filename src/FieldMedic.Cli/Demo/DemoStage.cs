using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FieldMedic.Hosting;
using FieldMedic.Storage;
using GitHubSimulator;

namespace FieldMedic.Cli.Demo;

/// <summary>Everything a demo starts: the stand-in for GitHub and the small system. Disposing stops all of it and removes the folder.</summary>
internal sealed class DemoStage : IAsyncDisposable
{
    public const string Repository = "demo/field-system";

    private DemoStage(DemoFolder folder, RunningSimulator gitHub) => (Folder, GitHub) = (folder, gitHub);

    public DemoFolder Folder { get; }

    public RunningSimulator GitHub { get; }

    public static async Task<DemoStage> StartAsync(CancellationToken cancellationToken)
    {
        var folder = new DemoFolder(Directory.CreateTempSubdirectory("fieldmedic-demo-").FullName);
        var stage = new DemoStage(folder, await SimulatorHost.StartAsync(new SimulatorOptions(), cancellationToken).ConfigureAwait(false));
        try
        {
            await File.WriteAllTextAsync(folder.File("demo.pid"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
            await File.WriteAllTextAsync(folder.WorkerConfiguration, "speed=1\n", cancellationToken).ConfigureAwait(false);
            DemoQueue.Create(folder);
            folder.Port = FreePort();
            folder.Launch(DemoFolder.Api).Dispose();
            folder.Launch(DemoFolder.Worker).Dispose();
            await stage.UntilReadyAsync(cancellationToken).ConfigureAwait(false);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The settings of an ordinary run, pointed at this stage.</summary>
    public FieldMedicSettings Settings() => new()
    {
        PackPath = Path.Combine(AppContext.BaseDirectory, "packs", "demo"),
        Store = StoreAddress.OfFile(Folder.File("journal.db")),
        Repository = Repository,
        ApiUrl = GitHub.Url,
        Token = () => "demo-token",
        Variables = new Dictionary<string, string>
        {
            ["FIELDMEDIC_EXE"] = DemoFolder.Executable,
            ["DEMO_DIR"] = Folder.Path,
            ["DEMO_API"] = $"http://127.0.0.1:{Folder.Port}",
            ["DEMO_WINDOW"] = Environment.GetEnvironmentVariable("DEMO_WINDOW") is { Length: > 0 } window ? window : "5s",
        },
    };

    public async ValueTask DisposeAsync()
    {
        Folder.ProcessOf(DemoFolder.Worker)?.Kill();
        Folder.ProcessOf(DemoFolder.Api)?.Kill();
        await GitHub.DisposeAsync().ConfigureAwait(false);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder.Path, recursive: true);
    }

    private const int MostAttempts = 300;

    private async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await client.GetStringAsync(new Uri($"http://127.0.0.1:{Folder.Port}/status"), cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is HttpRequestException or TaskCanceledException)
            {
                if (attempt == MostAttempts)
                {
                    throw new IOException($"The demo's API does not answer on port {Folder.Port}. Its log: {Folder.LogOf(DemoFolder.Api)}", e);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }

        for (var i = 0; i < 3; i++)
        {
            (await client.PostAsync(new Uri($"http://127.0.0.1:{Folder.Port}/jobs"), null, cancellationToken).ConfigureAwait(false)).Dispose();
        }
    }

    /// <summary>Below the range from which outgoing connections get theirs: one of those could take it before the API does, or while it is restarted.</summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Somebody's; the next one then.
            }
        }
    }
}
