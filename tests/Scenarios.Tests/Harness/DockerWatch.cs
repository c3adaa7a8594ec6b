using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FieldMedic.Scenarios.Tests.Harness;

/// <summary>
/// What the daemon says happened to the patient's containers, by whomever. A live stream: the daemon remembers only the last
/// 256 events, and health checks alone make more than that.
/// </summary>
internal sealed class DockerWatch : IAsyncDisposable
{
    private static readonly string[] Deeds = ["create", "start", "restart", "stop", "kill", "pause", "unpause", "destroy", "rename", "update"];
    private readonly Patient _patient;
    private readonly Process _process;
    private readonly List<(string Action, string Container)> _seen = [];

    private DockerWatch(Patient patient, Process process) => (_patient, _process) = (patient, process);

    public static DockerWatch Start(Patient patient)
    {
        // With --since nothing is lost between here and the moment the stream is open.
        var ticks = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;
        var since = string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond * 100:000000000}");
        var start = new ProcessStartInfo("docker") { RedirectStandardOutput = true };
        foreach (var argument in new[] { "events", "--since", since, "--filter", "type=container", "--filter", $"label=com.docker.compose.project={patient.Project}", "--format", "{{json .}}" })
        {
            start.ArgumentList.Add(argument);
        }

        return new DockerWatch(patient, Process.Start(start)!);
    }

    /// <summary>Everything that was done so far, as "start worker_wrapper-1"; commands run inside containers are left out.</summary>
    public async Task<IReadOnlyList<string>> DeedsAsync()
    {
        await CatchUpAsync();
        return [.. _seen.Where(e => Deeds.Contains(e.Action)).Select(e => $"{e.Action} {e.Container[(_patient.Project.Length + 1)..]}")];
    }

    /// <summary>The commands that were run inside containers.</summary>
    public async Task<IReadOnlyList<string>> CommandsAsync()
    {
        await CatchUpAsync();
        return [.. _seen.Where(e => e.Action.StartsWith("exec_create", StringComparison.Ordinal)).Select(e => e.Action)];
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Leaves a mark in the stream (a file copied out of a container that nobody else touches) and reads up to it.</summary>
    private async Task CatchUpAsync()
    {
        await Child.MustAsync("docker", "cp", $"{_patient.Container("qgis")}:/etc/passwd", "-");
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var action = json.RootElement.GetProperty("Action").GetString()!;
            if (action == "archive-path")
            {
                return;
            }

            _seen.Add((action, json.RootElement.GetProperty("Actor").GetProperty("Attributes").GetProperty("name").GetString()!));
        }

        Assert.Fail("The stream of docker events ended early.");
    }
}
