using System.Globalization;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Host;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Disk;

/// <summary>Asks <c>df</c> inside the container: a volume of its own may be full while the host has room.</summary>
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
        var (used, free) = await AskAsync(container.Id, "-k", cancellationToken).ConfigureAwait(false);
        var (usedInodes, freeInodes) = await AskAsync(container.Id, "-i", cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        return
        [
            Of("disk_used_percent", FileSystemFigures.Percent(used, used + free)),
            Of("disk_free_bytes", free * 1024),
            Of("disk_inodes_used_percent", FileSystemFigures.Percent(usedInodes, usedInodes + freeInodes)),
        ];

        Observation Of(string field, double value) => new($"{_settings.Service}.{field}", ObservedValue.Of(value), now, $"df in {container.Name}");
    }

    private async Task<(double Used, double Free)> AskAsync(string container, string unit, CancellationToken cancellationToken)
    {
        var ran = await docker.ExecAsync(container, ["df", "-P", unit, _settings.Path], [], cancellationToken).ConfigureAwait(false);
        // The columns behind the device: its name may hold blanks.
        var columns = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault()?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var percent = Array.FindIndex(columns, c => c.EndsWith('%') || c == "-");
        return ran.ExitCode == 0 && percent >= 3 && double.TryParse(columns[percent - 2], CultureInfo.InvariantCulture, out var used) && double.TryParse(columns[percent - 1], CultureInfo.InvariantCulture, out var free)
            ? (used, free)
            : throw new IOException($"df gave no figures in the container of {_settings.Service}");
    }
}
