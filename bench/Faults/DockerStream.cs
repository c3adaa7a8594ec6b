using System.Diagnostics;
using System.Text.Json;

namespace FieldMedic.Bench.Faults;

/// <summary>The daemon's events as they happen. Those of job containers, which workers make and remove, are nobody's deed.</summary>
internal sealed class DockerStream : IAsyncDisposable
{
    private readonly List<DockerEvent> _events = [];
    private readonly Process _process;
    private readonly Task _reading;
    private readonly string _project;

    private DockerStream(string project)
    {
        _project = project;
        _process = Process.Start(new ProcessStartInfo("docker", ["events", "--format", "{{json .}}"]) { RedirectStandardOutput = true })!;
        _reading = ReadAsync();
    }

    public static async Task<DockerStream> StartAsync(string project, CancellationToken cancellationToken)
    {
        var stream = new DockerStream(project);
        await stream.CatchUpAsync(cancellationToken);
        return stream;
    }

    public async Task<IReadOnlyList<DockerEvent>> SoFarAsync(CancellationToken cancellationToken)
    {
        await CatchUpAsync(cancellationToken);
        var (_, output, _) = await Bash.RunAsync("docker ps --all --no-trunc --filter label=com.docker.compose.container-number --format '{{.ID}} {{.Names}}'", [], TimeSpan.FromSeconds(20), cancellationToken);
        var names = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')).ToDictionary(l => l[0], l => Short(l[1]), StringComparer.Ordinal);
        lock (_events)
        {
            // Networks name a container by its id alone; a job container is gone or unknown, and nobody's.
            return [.. _events.Select(e => e.Type != "network" ? e : names.TryGetValue(e.Name, out var name) ? e with { Name = name } : e with { Action = "of a job" })];
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    /// <summary>Leaves a mark in the stream (a file copied out of a container that nobody else touches) until it comes by.</summary>
    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var marks = Marks();
        while (Marks() == marks)
        {
            await Bash.RunAsync($"docker cp $(docker ps -aq | tail -n 1):/etc/hostname - >/dev/null", [], TimeSpan.FromSeconds(20), cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }

        int Marks()
        {
            lock (_events)
            {
                return _events.Count(e => e.Action == "archive-path");
            }
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var type = root.GetProperty("Type").GetString()!;
            var attributes = root.GetProperty("Actor").GetProperty("Attributes");
            var name = attributes.TryGetProperty("name", out var named) ? named.GetString()! : root.GetProperty("Actor").GetProperty("ID").GetString()!;
            var action = root.GetProperty("Action").GetString()!;
            var isOurs = attributes.TryGetProperty("com.docker.compose.container-number", out _) || action == "archive-path";
            if (type == "network" && (action is "connect" or "disconnect") && attributes.TryGetProperty("container", out var container))
            {
                Add(new DockerEvent(type, action, container.GetString()!));
            }
            else if (type is "image" or "volume" || (type == "container" && isOurs))
            {
                Add(new DockerEvent(type, action, type == "container" ? Short(name) : name));
            }
        }
    }

    private string Short(string name) => name.StartsWith(_project + "-", StringComparison.Ordinal) ? name[(_project.Length + 1)..] : name;

    private void Add(DockerEvent happened)
    {
        lock (_events)
        {
            _events.Add(happened);
        }
    }
}
