using System.Globalization;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Commands;
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
        if (docker is { IsLocal: false })
        {
            throw new IOException("the containers run on another machine");
        }

        _path ??= await PathAsync(cancellationToken).ConfigureAwait(false);
        var memory = await MemoryAsync(cancellationToken).ConfigureAwait(false);
        var inodes = await InodesAsync(_path, cancellationToken).ConfigureAwait(false);
        var disk = new DriveInfo(_path);
        var load = (await File.ReadAllTextAsync("/proc/loadavg", cancellationToken).ConfigureAwait(false)).Split(' ')[0];
        var now = time.GetUtcNow();

        // As df counts: what is reserved for root is not free for a database.
        var used = disk.TotalSize - disk.TotalFreeSpace;
        return
        [
            Of("disk_used_percent", ObservedValue.Of(Percent(used, used + disk.AvailableFreeSpace))),
            Of("disk_free_bytes", ObservedValue.Of(disk.AvailableFreeSpace)),
            Of("inodes_used_percent", inodes),
            Of("memory_total_bytes", ObservedValue.Of(memory.Total)),
            Of("memory_available_bytes", ObservedValue.Of(memory.Available)),
            Of("memory_used_percent", ObservedValue.Of(Percent(memory.Total - memory.Available, memory.Total))),
            Of("load1", ObservedValue.Of(double.Parse(load, CultureInfo.InvariantCulture))),
        ];

        Observation Of(string field, ObservedValue value) => new($"{spec.Name}.{field}", value, now, "this machine");
    }

    private async Task<string> PathAsync(CancellationToken cancellationToken)
    {
        if (_settings.Path is { Length: > 0 } path)
        {
            return path;
        }

        var root = docker is null ? "/" : (await docker.InfoAsync(cancellationToken).ConfigureAwait(false)).DockerRootDir;
        return Directory.Exists(root) ? root : "/";
    }

    private static async Task<(double Total, double Available)> MemoryAsync(CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync("/proc/meminfo", cancellationToken).ConfigureAwait(false);
        return (Kibibytes("MemTotal:"), Kibibytes("MemAvailable:"));

        double Kibibytes(string name) => 1024d * double.Parse(lines.First(l => l.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static async Task<ObservedValue> InodesAsync(string path, CancellationToken cancellationToken)
    {
        var ran = await FixedCommand.RunAsync(["df", "-P", "-i", path], "/", new Dictionary<string, string>(), cancellationToken).ConfigureAwait(false);
        var fields = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault()?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return fields.Length > 4 && double.TryParse(fields[4].TrimEnd('%'), CultureInfo.InvariantCulture, out var percent)
            ? ObservedValue.Of(percent)
            : ObservedValue.Of(0); // A file system without inodes prints "-": it cannot run out of them.
    }

    private static double Percent(double part, double whole) => whole <= 0 ? 0 : Math.Round(100 * part / whole, 1);
}
