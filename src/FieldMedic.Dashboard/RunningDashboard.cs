using FieldMedic.Dashboard.History;
using FieldMedic.Dashboard.Live;
using FieldMedic.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FieldMedic.Dashboard;

/// <summary>A dashboard that is up. Disposing stops it.</summary>
public sealed class RunningDashboard : IAsyncDisposable
{
    private readonly WebApplication _app;

    internal RunningDashboard(WebApplication app, DashboardSettings settings)
    {
        _app = app;
        Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        PublicUrl = settings.PublicUrl ?? Url;
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>What people type.</summary>
    public Uri PublicUrl { get; }

    internal LiveSignal Signal => _app.Services.GetRequiredService<LiveSignal>();

    internal JournalFollower Journal => _app.Services.GetRequiredService<ShownSystems>().All[0].Journal;

    /// <summary>Asks for the first page once, so that nobody waits for what a process does only the first time.</summary>
    internal async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(new UriBuilder(Url) { Host = "127.0.0.1" }.Uri, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // It listens elsewhere, or is slow: the first person waits, that is all.
        }

        foreach (var system in _app.Services.GetRequiredService<ShownSystems>().All)
        {
            // That was nobody who looks.
            system.Health.Forget();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }
}
