using GitHubSimulator.Control;
using GitHubSimulator.State;
using GitHubSimulator.Webhooks;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace GitHubSimulator;

/// <summary>A stand-in that runs in this process. What it knows can be read and changed without requests.</summary>
public sealed class RunningSimulator : IAsyncDisposable
{
    private readonly WebApplication app;

    internal RunningSimulator(WebApplication app)
    {
        this.app = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        Url = new Uri(addresses.Addresses.First());
    }

    /// <summary>Base address, to be used as <c>GITHUB_API_URL</c> and in a browser.</summary>
    public Uri Url { get; }

    /// <summary>Issues, comments and labels.</summary>
    public TrackerStore Store => app.Services.GetRequiredService<TrackerStore>();

    /// <summary>Tokens and permissions.</summary>
    public Access Access => app.Services.GetRequiredService<Access>();

    /// <summary>GitHub Apps and their tokens.</summary>
    public Apps Apps => app.Services.GetRequiredService<Apps>();

    /// <summary>What goes wrong on purpose.</summary>
    public FaultPlan Faults => app.Services.GetRequiredService<FaultPlan>();

    /// <summary>What was asked of the API.</summary>
    public RequestLog Requests => app.Services.GetRequiredService<RequestLog>();

    /// <summary>Webhooks that were sent, and what goes wrong with the next ones.</summary>
    public WebhookSender Webhooks => app.Services.GetRequiredService<WebhookSender>();

    /// <summary>Where a person can look at an issue.</summary>
    public Uri PageOf(string repository, int number) => new(Url, $"/{repository}/issues/{number}");

    /// <summary>Stops answering and frees the port.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) => await app.StopAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await app.DisposeAsync().ConfigureAwait(false);
}
