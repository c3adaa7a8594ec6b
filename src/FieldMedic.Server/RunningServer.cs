using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FieldMedic.Server;

/// <summary>A server that is up. Disposing stops it, if it was not stopped before.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    internal RunningServer(WebApplication app, ServerSettings settings)
    {
        _app = app;
        var addresses = new Queue<string>(app.Services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        Url = settings.Listen is null ? null : new Uri(addresses.Dequeue());
        MetricsUrl = settings.Metrics is null ? null : new Uri(new Uri(addresses.Dequeue()), "metrics");
    }

    /// <summary>Where it takes webhooks; null when it only polls.</summary>
    public Uri? Url { get; }

    /// <summary>What Prometheus scrapes; null when there is nothing.</summary>
    public Uri? MetricsUrl { get; }

    /// <summary>Takes nothing new, lets a running action end within the grace, parks the rest.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync().ConfigureAwait(false);
}
