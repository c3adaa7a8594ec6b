using Docker.DotNet;
using Docker.DotNet.Models;

namespace FieldMedic.Platform.Docker;

/// <summary>
/// The few things FieldMedic does with a Docker daemon, and nothing else: there is no way from here to volumes, images,
/// networks, removal or prune. One shared connection; every call takes a token.
/// </summary>
internal sealed class DockerEngine(Uri endpoint) : IDisposable
{
    private readonly DockerClient _client = new DockerClientBuilder().WithEndpoint(endpoint).Build();

    public Uri Endpoint => endpoint;

    /// <summary>Whether the daemon runs on this machine, so that its disk and addresses are ours to see.</summary>
    public bool IsLocal => endpoint.Scheme is "unix" or "npipe" || endpoint.IsLoopback;

    /// <summary>Containers of a compose project, stopped ones too, one-off ones not.</summary>
    public async Task<IReadOnlyList<ContainerFacts>> ProjectAsync(string project, CancellationToken cancellationToken)
    {
        var listed = await ListAsync(project, cancellationToken).ConfigureAwait(false);
        var inspected = await Task.WhenAll(listed.Select(c => InspectAsync(c.ID, cancellationToken))).ConfigureAwait(false);
        return [.. inspected.OfType<ContainerFacts>().OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    /// <summary>Containers of one service of a project.</summary>
    public async Task<IReadOnlyList<ContainerFacts>> ServiceAsync(string project, string service, CancellationToken cancellationToken)
    {
        var listed = await ListAsync(project, cancellationToken).ConfigureAwait(false);
        var inspected = await Task.WhenAll(listed.Where(c => c.Labels.TryGetValue(ComposeLabels.Service, out var s) && s == service).Select(c => InspectAsync(c.ID, cancellationToken))).ConfigureAwait(false);
        return [.. inspected.OfType<ContainerFacts>().OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    /// <summary>Names and ids of a project's containers without inspecting them.</summary>
    public async Task<IReadOnlyList<(string Id, string Service, string State)>> BriefAsync(string project, CancellationToken cancellationToken)
        => [.. (await ListAsync(project, cancellationToken).ConfigureAwait(false)).Select(c => (c.ID, c.Labels.TryGetValue(ComposeLabels.Service, out var s) ? s : "", c.State))];

    public Task StartAsync(string id, CancellationToken cancellationToken) => _client.Containers.StartContainerAsync(id, new ContainerStartParameters(), cancellationToken);

    /// <param name="grace">Seconds between SIGTERM and SIGKILL; at least 1, because the daemon takes 0 for its default of 10.</param>
    public Task RestartAsync(string id, uint grace, CancellationToken cancellationToken)
        => _client.Containers.RestartContainerAsync(id, new ContainerRestartParameters { WaitBeforeKillSeconds = Math.Max(1, grace) }, cancellationToken);

    public Task UnpauseAsync(string id, CancellationToken cancellationToken) => _client.Containers.UnpauseContainerAsync(id, cancellationToken);

    /// <summary>Runs a fixed argv inside a container and gives its exit code and output (capped at 64 KiB each).</summary>
    public async Task<ExecResult> ExecAsync(string id, IReadOnlyList<string> argv, IReadOnlyList<string> environment, CancellationToken cancellationToken)
    {
        var exec = await _client.Exec.CreateContainerExecAsync(id, new ContainerExecCreateParameters { Cmd = [.. argv], Env = [.. environment], AttachStdout = true, AttachStderr = true }, cancellationToken).ConfigureAwait(false);
        using var stream = await _client.Exec.StartContainerExecAsync(exec.ID, new ContainerExecStartParameters(), cancellationToken).ConfigureAwait(false);
        var (output, error) = await MultiplexedText.ReadAsync(stream, 64 * 1024, cancellationToken).ConfigureAwait(false);
        var ended = await _client.Exec.InspectContainerExecAsync(exec.ID, cancellationToken).ConfigureAwait(false);
        return new ExecResult(ended.ExitCode ?? -1, output, error);
    }

    /// <summary>The last lines of a container's log, at most 256 KiB.</summary>
    public async Task<string> LogsAsync(string id, DateTimeOffset since, int tail, CancellationToken cancellationToken)
    {
        var parameters = new ContainerLogsParameters
        {
            ShowStdout = true,
            ShowStderr = true,
            Since = since.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            Tail = tail.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        using var stream = await _client.Containers.GetContainerLogsAsync(id, parameters, cancellationToken).ConfigureAwait(false);
        var (output, error) = await MultiplexedText.ReadAsync(stream, 256 * 1024, cancellationToken).ConfigureAwait(false);
        return output + error;
    }

    public Task<SystemInfoResponse> InfoAsync(CancellationToken cancellationToken) => _client.System.GetSystemInfoAsync(cancellationToken);

    public Task<VersionResponse> VersionAsync(CancellationToken cancellationToken) => _client.System.GetVersionAsync(cancellationToken);

    public void Dispose() => _client.Dispose();

    private async Task<ContainerFacts?> InspectAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return ContainerFacts.From(await _client.Containers.InspectContainerAsync(id, cancellationToken).ConfigureAwait(false));
        }
        catch (DockerContainerNotFoundException)
        {
            // Removed between list and inspect; the next sweep sees it missing.
            return null;
        }
    }

    private async Task<IEnumerable<ContainerListResponse>> ListAsync(string project, CancellationToken cancellationToken)
    {
        var filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [$"{ComposeLabels.Project}={project}"] = true } };
        var listed = await _client.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = filters }, cancellationToken).ConfigureAwait(false);
        return listed.Where(c => !c.Labels.TryGetValue(ComposeLabels.OneOff, out var oneOff) || !string.Equals(oneOff, "True", StringComparison.OrdinalIgnoreCase));
    }
}
