using System.Globalization;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Host;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Disk;

/// <summary>Asks <c>stat -f</c> inside the container: a volume of its own may be full while the host has room.</summary>
internal sealed class DiskProbe(ProbeSpec spec, Pack pack, DockerEngine docker, TimeProvider time) : IProbe
{
    private readonly DiskSettings _settings = (DiskSettings)spec.Settings;

    public string Name => spec.Name;

    public TimeSpan Timeout => spec.Timeout;

    public bool Required => spec.Required;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        var containers = await docker.ServiceAsync(pack.ComposeProject!, _settings.Service, cancellationToken).ConfigureAwait(false);
        var container = containers.FirstOrDefault(c => c is { Running: true, Paused: false, Restarting: false })
            ?? throw new IOException($"no container of {_settings.Service} runs");
        string[] paths = _settings.SharedMemory ? [_settings.Path, "/dev/shm"] : [_settings.Path];
        // A path that is not there leaves its line out, and the exit code tells so.
        var ran = await docker.ExecAsync(container.Id, ["stat", "-f", "-c", "%b %f %a %S %c %d", .. paths], [], cancellationToken).ConfigureAwait(false);
        var lines = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Figures).ToList();
        if (ran.ExitCode != 0 || lines.Count != paths.Length || lines.Exists(l => l is null))
        {
            throw new IOException($"stat gave no figures in the container of {_settings.Service}");
        }

        // Blocks of all, free ones, free ones for everybody, their size; inodes of all, free ones.
        var figures = lines[0]!;
        var (used, free, inodes, freeInodes) = (figures[0] - figures[1], figures[2], figures[4], figures[5]);
        var now = time.GetUtcNow();
        return
        [
            .. lines.Skip(1).Select(shared => Of("shared_memory_used_percent", FileSystemFigures.Percent(shared![0] - shared[1], shared[0]))),
            Of("disk_used_percent", FileSystemFigures.Percent(used, used + free)),
            Of("disk_free_bytes", free * figures[3]),
            Of("disk_inodes_used_percent", FileSystemFigures.Percent(inodes - freeInodes, inodes)),
        ];

        Observation Of(string field, double value) => new($"{_settings.Service}.{field}", ObservedValue.Of(value), now, $"stat in {container.Name}");
    }

    private static double[]? Figures(string line)
        => line.Split(' ') is { Length: 6 } words && Array.ConvertAll(words, w => double.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : double.NaN) is var figures && !figures.Any(double.IsNaN) ? figures : null;
}
