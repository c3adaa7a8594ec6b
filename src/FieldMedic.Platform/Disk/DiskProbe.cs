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
        var ran = await docker.ExecAsync(container.Id, ["stat", "-f", "-c", "%b %f %a %S %c %d", _settings.Path], [], cancellationToken).ConfigureAwait(false);
        // Blocks of all, free ones, free ones for everybody, their size; inodes of all, free ones.
        var figures = ran.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(f => double.TryParse(f, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : double.NaN).ToList();
        if (ran.ExitCode != 0 || figures.Count != 6 || figures.Exists(double.IsNaN))
        {
            throw new IOException($"stat gave no figures in the container of {_settings.Service}");
        }

        var (used, free, inodes, freeInodes) = (figures[0] - figures[1], figures[2], figures[4], figures[5]);
        var now = time.GetUtcNow();
        return
        [
            Of("disk_used_percent", FileSystemFigures.Percent(used, used + free)),
            Of("disk_free_bytes", free * figures[3]),
            Of("disk_inodes_used_percent", FileSystemFigures.Percent(inodes - freeInodes, inodes)),
        ];

        Observation Of(string field, double value) => new($"{_settings.Service}.{field}", ObservedValue.Of(value), now, $"stat in {container.Name}");
    }
}
