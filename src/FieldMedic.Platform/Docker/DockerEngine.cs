using System.Buffers;
using System.Globalization;
using System.Text.Json;
using FieldMedic.Platform.Ssh;

namespace FieldMedic.Platform.Docker;

/// <summary>
/// The few things FieldMedic does with a Docker daemon, and nothing else: there is no way from here to volumes or to anything that
/// removes more than it names. One shared connection pool; every call takes a token.
/// </summary>
internal sealed class DockerEngine(Uri endpoint, SshLink? ssh = null) : IDisposable
{
    private readonly DockerTransport _daemon = new(endpoint, ssh);

    public Uri Endpoint => endpoint;

    /// <summary>The way to the daemon's host; null when it is not reached over ssh.</summary>
    public SshLink? Ssh => ssh;

    /// <summary>
    /// Whether the daemon runs on this machine, so that its disk and addresses are ours to see. A loopback port may be the end of a
    /// tunnel, so the daemon is asked for its machine's name.
    /// </summary>
    public async Task<bool> RunsHereAsync(CancellationToken cancellationToken)
        => endpoint.Scheme == "unix"
            || (ssh is null && endpoint.IsLoopback && (await InfoAsync(cancellationToken).ConfigureAwait(false)).MachineName == Environment.MachineName);

    /// <summary>Containers of a compose project, stopped ones too, one-off ones not.</summary>
    public async Task<IReadOnlyList<ContainerFacts>> ProjectAsync(string project, CancellationToken cancellationToken)
        => await InspectAsync(await ListAsync(project, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Containers of one service of a project.</summary>
    public async Task<IReadOnlyList<ContainerFacts>> ServiceAsync(string project, string service, CancellationToken cancellationToken)
        => await InspectAsync((await ListAsync(project, cancellationToken).ConfigureAwait(false)).Where(c => c.Service == service), cancellationToken).ConfigureAwait(false);

    /// <summary>Names and ids of a project's containers without inspecting them.</summary>
    public async Task<IReadOnlyList<(string Id, string Service, string State)>> BriefAsync(string project, CancellationToken cancellationToken)
        => [.. (await ListAsync(project, cancellationToken).ConfigureAwait(false)).Select(c => (c.Id, c.Service, c.State))];

    /// <summary>Every container of the daemon, whosever it is.</summary>
    public async Task<IReadOnlyList<ListedContainer>> ContainersAsync(CancellationToken cancellationToken)
    {
        using var listed = await _daemon.GetAsync("/containers/json?all=1", cancellationToken).ConfigureAwait(false);
        return [.. listed.RootElement.EnumerateArray().Select(ListedContainer.From)];
    }

    /// <summary>What an image's name stands for; null when there is no such image.</summary>
    public async Task<string?> ImageIdAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            using var image = await _daemon.GetAsync($"/images/{name}/json", cancellationToken).ConfigureAwait(false);
            return image.RootElement.Text("Id");
        }
        catch (DockerException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Takes in an archive of images; every name in it is set.</summary>
    public async Task LoadImageAsync(Stream archive, CancellationToken cancellationToken)
    {
        if (await _daemon.TransferAsync("/images/load?quiet=1", archive, cancellationToken).ConfigureAwait(false) is { } failure)
        {
            throw new IOException($"the daemon did not load it: {failure}");
        }
    }

    /// <summary>Fetches an image by its full name; gives why it failed, null when it did not.</summary>
    public Task<string?> PullImageAsync(string name, CancellationToken cancellationToken)
        => _daemon.TransferAsync($"/images/create?fromImage={Uri.EscapeDataString(name)}", null, cancellationToken);

    /// <summary>All images, the nameless ones that others are made of too.</summary>
    public async Task<IReadOnlyList<ListedImage>> ImagesAsync(CancellationToken cancellationToken)
    {
        using var listed = await _daemon.GetAsync("/images/json?all=1", cancellationToken).ConfigureAwait(false);
        return [.. listed.RootElement.EnumerateArray().Select(ListedImage.From)];
    }

    /// <summary>What Docker takes of its disk. The daemon walks through everything to answer, so it may take seconds.</summary>
    public async Task<DockerUsage> DiskUsageAsync(CancellationToken cancellationToken)
    {
        using var usage = await _daemon.GetAsync("/system/df", cancellationToken).ConfigureAwait(false);
        return DockerUsage.From(usage.RootElement);
    }

    /// <summary>What the builder keeps and does not use now.</summary>
    public async Task<long> BuildCacheBytesAsync(CancellationToken cancellationToken)
    {
        using var usage = await _daemon.GetAsync("/system/df?type=build-cache", cancellationToken).ConfigureAwait(false);
        return usage.RootElement.At("BuildCache") is { ValueKind: JsonValueKind.Array } cache
            ? cache.EnumerateArray().Where(c => !c.Flag("InUse") && !c.Flag("Shared")).Sum(c => c.Number("Size"))
            : 0;
    }

    /// <summary>Removes one image by its id and nothing it was made of. The daemon refuses while a container uses it.</summary>
    public Task RemoveImageAsync(string id, CancellationToken cancellationToken) => _daemon.RemoveAsync($"/images/{FullId(id)}?noprune=true", cancellationToken);

    /// <summary>Removes one container that is over; its volumes stay. The daemon refuses while it runs.</summary>
    public Task RemoveContainerAsync(string id, CancellationToken cancellationToken) => _daemon.RemoveAsync($"/containers/{FullId(id)}?v=false&force=false", cancellationToken);

    public Task PruneBuildCacheAsync(CancellationToken cancellationToken) => _daemon.ActAsync("/build/prune", cancellationToken);

    /// <summary>What time it is where the containers run.</summary>
    public async Task<DateTimeOffset> ClockAsync(CancellationToken cancellationToken)
    {
        using var info = await _daemon.GetAsync("/info", cancellationToken).ConfigureAwait(false);
        return DateTimeOffset.Parse(info.RootElement.Text("SystemTime"), CultureInfo.InvariantCulture);
    }

    public Task StartAsync(string id, CancellationToken cancellationToken) => _daemon.ActAsync($"/containers/{id}/start", cancellationToken);

    /// <param name="grace">Seconds between SIGTERM and SIGKILL, at least 1.</param>
    public Task RestartAsync(string id, uint grace, CancellationToken cancellationToken)
        => _daemon.ActAsync(string.Create(CultureInfo.InvariantCulture, $"/containers/{id}/restart?t={Math.Max(1, grace)}"), cancellationToken);

    public Task UnpauseAsync(string id, CancellationToken cancellationToken) => _daemon.ActAsync($"/containers/{id}/unpause", cancellationToken);

    /// <summary>Which compose project a network belongs to; null when there is no such network.</summary>
    public async Task<string?> NetworkProjectAsync(string network, CancellationToken cancellationToken)
    {
        try
        {
            using var found = await _daemon.GetAsync($"/networks/{Uri.EscapeDataString(network)}", cancellationToken).ConfigureAwait(false);
            return found.RootElement.Texts("Labels").GetValueOrDefault(ComposeLabels.Project, "");
        }
        catch (DockerException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public Task DisconnectAsync(string network, string id, CancellationToken cancellationToken)
        => _daemon.ActAsync($"/networks/{Uri.EscapeDataString(network)}/disconnect", JsonSerializer.SerializeToUtf8Bytes(new { Container = FullId(id) }), cancellationToken);

    /// <summary>Connects a container so that it is found in the network under the names given.</summary>
    public Task ConnectAsync(string network, string id, IReadOnlyList<string> names, CancellationToken cancellationToken)
        => _daemon.ActAsync($"/networks/{Uri.EscapeDataString(network)}/connect", JsonSerializer.SerializeToUtf8Bytes(new { Container = FullId(id), EndpointConfig = new { Aliases = names } }), cancellationToken);

    /// <summary>Titles of a container's processes.</summary>
    public async Task<IReadOnlyList<string>> ProcessesAsync(string id, CancellationToken cancellationToken)
    {
        using var top = await _daemon.GetAsync($"/containers/{id}/top?ps_args=-eo%20pid,args", cancellationToken).ConfigureAwait(false);
        return top.RootElement.At("Processes") is { ValueKind: JsonValueKind.Array } rows ? [.. rows.EnumerateArray().Select(r => r.EnumerateArray().Last().GetString() ?? "")] : [];
    }

    /// <summary>Runs a fixed argv inside a container and gives its exit code and output (capped at 64 KiB each).</summary>
    public async Task<ExecResult> ExecAsync(string id, IReadOnlyList<string> argv, IReadOnlyList<string> environment, CancellationToken cancellationToken)
    {
        string exec;
        await using (var created = await _daemon.ReadAsync(HttpMethod.Post, $"/containers/{id}/exec", ExecRequest(argv, environment), cancellationToken).ConfigureAwait(false))
        {
            using var answer = await JsonDocument.ParseAsync(created, default, cancellationToken).ConfigureAwait(false);
            exec = answer.RootElement.Text("Id");
        }

        await using var stream = await _daemon.ReadAsync(HttpMethod.Post, $"/exec/{exec}/start", """{"Detach":false,"Tty":false}"""u8.ToArray(), cancellationToken).ConfigureAwait(false);
        var (output, error) = await MultiplexedText.ReadAsync(stream, 64 * 1024, cancellationToken).ConfigureAwait(false);
        using var ended = await _daemon.GetAsync($"/exec/{exec}/json", cancellationToken).ConfigureAwait(false);
        return new ExecResult(ended.RootElement.At("ExitCode") is null ? -1 : ended.RootElement.Number("ExitCode"), output, error);
    }

    /// <summary>The last lines of a container's log, at most 256 KiB.</summary>
    public async Task<string> LogsAsync(string id, DateTimeOffset since, int tail, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/containers/{id}/logs?stdout=1&stderr=1&since={since.ToUnixTimeSeconds()}&tail={tail}");
        await using var stream = await _daemon.ReadAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false);
        var (output, error) = await MultiplexedText.ReadAsync(stream, 256 * 1024, cancellationToken).ConfigureAwait(false);
        return $"{output}\n{error}"; // A cut last line of the one must not swallow the first of the other.
    }

    /// <summary>The last lines of a container's log, each behind its time; at most 8 MiB of each stream.</summary>
    public async Task<(string Text, bool IsCut)> TimedLogsAsync(string id, DateTimeOffset since, int tail, CancellationToken cancellationToken)
    {
        const int cap = 8 << 20;
        var path = string.Create(CultureInfo.InvariantCulture, $"/containers/{id}/logs?stdout=1&stderr=1&timestamps=1&since={since.ToUnixTimeSeconds()}&tail={tail}");
        await using var stream = await _daemon.ReadAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false);
        var (output, error) = await MultiplexedText.ReadAsync(stream, cap, cancellationToken).ConfigureAwait(false);
        var isCut = output.Length >= cap || error.Length >= cap || output.Count(c => c == '\n') + error.Count(c => c == '\n') >= tail;
        return ($"{output}\n{error}", isCut);
    }

    /// <summary>The container's counters, read once.</summary>
    public async Task<ContainerUsage> UsageAsync(string id, CancellationToken cancellationToken)
    {
        using var stats = await _daemon.GetAsync($"/containers/{id}/stats?stream=false&one-shot=true", cancellationToken).ConfigureAwait(false);
        return ContainerUsage.From(stats.RootElement);
    }

    public async Task<DockerInfo> InfoAsync(CancellationToken cancellationToken)
    {
        using var info = await _daemon.GetAsync("/info", cancellationToken).ConfigureAwait(false);
        return new DockerInfo(info.RootElement.Text("Name"), info.RootElement.Text("DockerRootDir"), info.RootElement.Number("MemTotal"));
    }

    public async Task<DockerVersion> VersionAsync(CancellationToken cancellationToken)
    {
        using var version = await _daemon.GetAsync("/version", cancellationToken).ConfigureAwait(false);
        return new DockerVersion(version.RootElement.Text("Version"), version.RootElement.Text("ApiVersion"));
    }

    public void Dispose() => _daemon.Dispose();

    private async Task<IReadOnlyList<ContainerFacts>> InspectAsync(IEnumerable<ListedContainer> listed, CancellationToken cancellationToken)
    {
        var inspected = await Task.WhenAll(listed.Select(c => InspectAsync(c.Id, cancellationToken))).ConfigureAwait(false);
        return [.. inspected.OfType<ContainerFacts>().OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    private async Task<ContainerFacts?> InspectAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            using var container = await _daemon.GetAsync($"/containers/{id}/json", cancellationToken).ConfigureAwait(false);
            return ContainerFacts.From(container.RootElement);
        }
        catch (DockerException e) when (e.Status == 404)
        {
            // Removed between list and inspect; the next sweep sees it missing.
            return null;
        }
    }

    private async Task<List<ListedContainer>> ListAsync(string project, CancellationToken cancellationToken)
    {
        var label = JsonEncodedText.Encode($"{ComposeLabels.Project}={project}");
        var filter = Uri.EscapeDataString($$"""{"label":["{{label}}","{{ComposeLabels.Number}}"]}""");
        using var listed = await _daemon.GetAsync($"/containers/json?all=1&filters={filter}", cancellationToken).ConfigureAwait(false);
        return [.. listed.RootElement.EnumerateArray().Select(ListedContainer.From).Where(c => !c.IsOneOff)];
    }

    /// <summary>A name could be moved to something else in between, and an odd one could lead elsewhere: only whole ids are removed.</summary>
    private static string FullId(string id)
        => id.Replace("sha256:", "", StringComparison.Ordinal) is { Length: 64 } hex && hex.All(char.IsAsciiHexDigitLower) ? id : throw new IOException("that is no id; nothing is removed");

    private static byte[] ExecRequest(IReadOnlyList<string> argv, IReadOnlyList<string> environment)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBoolean("AttachStdout", true);
            json.WriteBoolean("AttachStderr", true);
            Strings(json, "Cmd", argv);
            Strings(json, "Env", environment);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Strings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
