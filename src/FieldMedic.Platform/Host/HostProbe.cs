using System.Globalization;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Host;

/// <summary>Reads this machine's figures. When the daemon is on another machine they would be the wrong ones: unknown.</summary>
internal sealed class HostProbe(ProbeSpec spec, DockerEngine? docker, TimeProvider time) : IProbe
{
    private readonly HostProbeSettings _settings = (HostProbeSettings)spec.Settings;
    private string? _path;

    public string Name => spec.Name;

    public TimeSpan Timeout => spec.Timeout;

    public bool Required => spec.Required;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        if (docker is not null && !await docker.RunsHereAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new IOException("the containers run on another machine");
        }

        var memory = await MemoryAsync(cancellationToken).ConfigureAwait(false);
        _path ??= await PathAsync(memory.Total, cancellationToken).ConfigureAwait(false);
        var disk = FileSystemFigures.Of(_path);
        var load = double.Parse((await File.ReadAllTextAsync("/proc/loadavg", cancellationToken).ConfigureAwait(false)).Split(' ')[0], CultureInfo.InvariantCulture);
        var now = time.GetUtcNow();
        return
        [
            Of("disk_used_percent", ObservedValue.Of(disk.UsedPercent)),
            Of("disk_free_bytes", ObservedValue.Of(disk.FreeBytes)),
            Of("inodes_used_percent", ObservedValue.Of(disk.InodesUsedPercent)),
            Of("memory_total_bytes", ObservedValue.Of(memory.Total)),
            Of("memory_available_bytes", ObservedValue.Of(memory.Available)),
            Of("memory_used_percent", ObservedValue.Of(FileSystemFigures.Percent(memory.Total - memory.Available, memory.Total))),
            Of("load1", ObservedValue.Of(load)),
            Of("load_percent", ObservedValue.Of(Math.Round(100 * load / Environment.ProcessorCount))),
        ];

        Observation Of(string field, ObservedValue value) => new($"{spec.Name}.{field}", value, now, "this machine");
    }

    private async Task<string> PathAsync(double memory, CancellationToken cancellationToken)
    {
        var info = docker is null ? null : await docker.InfoAsync(cancellationToken).ConfigureAwait(false);
        // A forwarded socket looks local; the size of the memory tells the two machines apart.
        if (info is { MemoryBytes: > 0 } && Math.Abs(info.MemoryBytes - memory) >= 1024)
        {
            throw new IOException("the containers run on another machine");
        }

        return _settings.Path is { Length: > 0 } path ? path : Directory.Exists(info?.RootFolder) ? info.RootFolder : "/";
    }

    private static async Task<(double Total, double Available)> MemoryAsync(CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync("/proc/meminfo", cancellationToken).ConfigureAwait(false);
        return (Kibibytes("MemTotal:"), Kibibytes("MemAvailable:"));

        double Kibibytes(string name) => 1024d * double.Parse(lines.First(l => l.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
