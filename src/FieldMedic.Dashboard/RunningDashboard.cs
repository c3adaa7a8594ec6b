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

    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }
}
