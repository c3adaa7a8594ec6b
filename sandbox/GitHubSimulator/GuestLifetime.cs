namespace GitHubSimulator;

/// <summary>
/// A guest does not listen for Ctrl-C: the usual lifetime would swallow the signal and stop the stand-in while its host is
/// still cleaning up with its help.
/// </summary>
internal sealed class GuestLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
