using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Ssh;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Host;

/// <summary>
/// Reads figures of the machine that runs the containers: this one, or the one at the other end of ssh. When the daemon is elsewhere and
/// there is no ssh, this machine's would be the wrong ones: unknown.
/// </summary>
internal sealed class HostProbe(ProbeSpec spec, DockerEngine? docker, TimeProvider time) : IProbe
{
    private readonly HostProbeSettings _settings = (HostProbeSettings)spec.Settings;
    private string? _path;

    public string Name => spec.Name;

    public TimeSpan Timeout => spec.Timeout;

    public bool Required => spec.Required;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        var seen = docker?.Ssh is { } ssh ? await RemoteAsync(docker, ssh, cancellationToken).ConfigureAwait(false) : await LocalAsync(cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        return
        [
            Of("disk_used_percent", seen.Disk.UsedPercent),
            Of("disk_free_bytes", seen.Disk.FreeBytes),
            Of("inodes_used_percent", seen.Disk.InodesUsedPercent),
            Of("memory_total_bytes", seen.MemoryTotal),
            Of("memory_available_bytes", seen.MemoryAvailable),
            Of("memory_used_percent", FileSystemFigures.Percent(seen.MemoryTotal - seen.MemoryAvailable, seen.MemoryTotal)),
            Of("load1", seen.Load),
            Of("load_percent", Math.Round(100 * seen.Load / seen.Processors)),
        ];

        Observation Of(string field, double value) => new($"{spec.Name}.{field}", ObservedValue.Of(value), now, docker?.Ssh is null ? "this machine" : "the other machine");
    }

    private async Task<HostFigures> LocalAsync(CancellationToken cancellationToken)
    {
        if (docker is not null && !await docker.RunsHereAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new IOException("the containers run on another machine");
        }

        _path ??= await PathAsync((await LocalHost.MemoryAsync(cancellationToken).ConfigureAwait(false)).Total, cancellationToken).ConfigureAwait(false);
        return await LocalHost.ReadAsync(_path, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HostFigures> RemoteAsync(DockerEngine there, SshLink ssh, CancellationToken cancellationToken)
    {
        var line = await ssh.ReachAsync(cancellationToken).ConfigureAwait(false);
        _path ??= _settings.Path is { Length: > 0 } path ? path : (await there.InfoAsync(cancellationToken).ConfigureAwait(false)).RootFolder;
        return await RemoteHost.ReadAsync(line, _path, cancellationToken).ConfigureAwait(false);
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
}
