using FieldMedic.Packs;
using FieldMedic.Platform.Commands;
using FieldMedic.Platform.Disk;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Guards;
using FieldMedic.Platform.Host;
using FieldMedic.Platform.Http;
using FieldMedic.Platform.Images;
using FieldMedic.Platform.Logs;
using FieldMedic.Platform.Memcached;
using FieldMedic.Platform.Postgres;
using FieldMedic.Platform.Ssh;
using FieldMedic.Platform.Tls;
using FieldMedic.Systems;

namespace FieldMedic.Platform;

/// <summary>A pack connected to the real system: one shared Docker connection, the probes and the actions. Connecting does no I/O.</summary>
public sealed class PlatformConnection : IDisposable
{
    private readonly SshLink? _ssh;
    private readonly DockerEngine? _docker;

    private PlatformConnection(Pack pack, TimeProvider time)
    {
        _ssh = pack.Docker is { } address && SshAddress.IsSsh(address)
            ? new SshLink(SshAddress.Read(address) is (var parsed, var problem) && parsed is not null ? parsed : throw new InvalidOperationException(problem), pack.Ssh, pack.Folder, time)
            : null;
        _docker = pack.Docker is null ? null : new DockerEngine(new Uri(pack.Docker), _ssh);
        var compose = new ComposeCommand();
        System = new SystemUnderCare(
            pack,
            [.. pack.Probes.Select(p => Linked(p, Probe(p, pack, time), time))],
            pack.Remedies.Values.ToDictionary(r => r.Id, r => _ssh is null ? Action(r, pack, compose, time) : new LinkedAction(Action(r, pack, compose, time), _ssh, time), StringComparer.Ordinal));
        Secrets = new PlatformSecrets(pack, _docker);
        Doctor = new PlatformDoctor(pack, _docker, compose);
        Logs = new LogBook(pack, _docker, time);
        Guards = new GuardBook(pack, _docker);
    }

    public SystemUnderCare System { get; }

    public PlatformSecrets Secrets { get; }

    public PlatformDoctor Doctor { get; }

    public LogBook Logs { get; }

    public GuardBook Guards { get; }

    /// <summary>What Docker takes of its disk; null when that cannot be told within the limit.</summary>
    public async Task<DockerUsage?> DockerUsageAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        budget.CancelAfter(limit);
        try
        {
            return _docker is null ? null : await _docker.DiskUsageAsync(budget.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is IOException or HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    public static PlatformConnection Open(Pack pack, TimeProvider time) => new(pack, time);

    public void Dispose()
    {
        _docker?.Dispose();
        _ssh?.Dispose();
    }

    /// <summary>What asks the public address goes its own way; everything else needs the connection first.</summary>
    private IProbe Linked(ProbeSpec spec, IProbe probe, TimeProvider time)
    {
        var isPublic = spec.Settings switch
        {
            HttpProbeSettings http => !SshLink.IsLocalUrl(http.Url),
            TlsProbeSettings tls => !SshLink.IsLocal(tls.Host),
            _ => false,
        };
        return _ssh is null || isPublic ? probe : new LinkedProbe(probe, _ssh, time);
    }

    private IProbe Probe(ProbeSpec spec, Pack pack, TimeProvider time) => spec.Kind switch
    {
        "docker.services" => new DockerServicesProbe(spec, pack, Docker(spec.Kind), time),
        "docker.images" => new ImagesProbe(spec, new WantedImages((ImagesSettings)spec.Settings, pack, Docker(spec.Kind)), time),
        "docker.resources" => new DockerResourcesProbe(spec, pack, Docker(spec.Kind), time),
        "docker.exec" => new DockerExecProbe(spec, pack, Docker(spec.Kind), time),
        "docker.disk" => new DiskProbe(spec, pack, Docker(spec.Kind), time),
        "docker.logs" => new DockerLogsProbe(spec, pack, Docker(spec.Kind), time),
        "http" => new HttpProbe(spec, pack, _ssh, time),
        "tls" => new TlsProbe(spec, pack, _docker, time),
        "postgres" => new PostgresProbe(spec, pack, Docker(spec.Kind), time),
        "postgres.clients" => new ClientsProbe(spec, new DatabaseClients(((ClientsSettings)spec.Settings).Service, pack, Docker(spec.Kind)), time),
        "postgres.dead_rows" => new DeadRowsProbe(spec, new DeadRows((DeadRowsSettings)spec.Settings, pack, Docker(spec.Kind), time), time),
        "memcached" => new MemcachedProbe(spec, pack, Docker(spec.Kind), time),
        "host" => new HostProbe(spec, _docker, time),
        "command" => new CommandProbe(spec, pack, _ssh is null, time),
        _ => throw new InvalidOperationException($"'{spec.Kind}' is in no catalogue of probes."),
    };

    private IRemedyAction Action(RemedySpec remedy, Pack pack, ComposeCommand compose, TimeProvider time) => remedy.Kind switch
    {
        "docker.start" => new StartAction(remedy, pack, Docker(remedy.Kind)),
        "docker.unpause" => new UnpauseAction(remedy, pack, Docker(remedy.Kind)),
        "docker.restart" => new RestartAction(remedy, pack, Docker(remedy.Kind)),
        "docker.reattach" => new ReattachAction(remedy, pack, Docker(remedy.Kind)),
        "compose.recreate" => new RecreateAction(remedy, pack, new ComposeProject(pack, Docker(remedy.Kind), compose)),
        "docker.clean" => new CleanAction(remedy, Docker(remedy.Kind), Rubbish(remedy, pack, time)),
        "docker.load_image" => new LoadImageAction(remedy, pack, Images(remedy, pack), Docker(remedy.Kind)),
        "docker.pull_image" => new PullImageAction(remedy, Images(remedy, pack), Docker(remedy.Kind)),
        "compose.build_image" => new BuildImageAction(remedy, Images(remedy, pack), Docker(remedy.Kind), new ComposeProject(pack, Docker(remedy.Kind), compose)),
        "compose.hold_image" => new HoldImageAction(remedy, Images(remedy, pack), Docker(remedy.Kind), new ComposeProject(pack, Docker(remedy.Kind), compose)),
        "docker.exec" => new DockerExecAction(remedy, pack, Docker(remedy.Kind)),
        "postgres.restart_leaker" => new RestartLeakerAction(remedy, Docker(remedy.Kind), new DatabaseClients(((RestartLeakerSettings)remedy.Settings).Database, pack, Docker(remedy.Kind))),
        "postgres.fail_rows" => new FailRowsAction(remedy, Rows(remedy, ((FailRowsSettings)remedy.Settings).Rows, pack, time), time),
        "command" => new CommandAction(remedy, pack, _ssh is null),
        _ => throw new InvalidOperationException($"'{remedy.Kind}' is in no catalogue of remedies."),
    };

    private WantedImages Images(RemedySpec remedy, Pack pack) => Images(remedy, ((ImageRemedySettings)remedy.Settings).Images, pack);

    private WantedImages Images(RemedySpec remedy, string probe, Pack pack) => new(SettingsOf<ImagesSettings>(remedy, probe, pack), pack, Docker(remedy.Kind));

    private DeadRows Rows(RemedySpec remedy, string probe, Pack pack, TimeProvider time) => new(SettingsOf<DeadRowsSettings>(remedy, probe, pack), pack, Docker(remedy.Kind), time);

    private RubbishFinder Rubbish(RemedySpec remedy, Pack pack, TimeProvider time)
    {
        var settings = (CleanSettings)remedy.Settings;
        return new RubbishFinder(settings, pack, Docker(remedy.Kind), Images(remedy, settings.Images, pack), settings.Jobs is { } jobs ? Rows(remedy, jobs, pack, time) : null);
    }

    private static T SettingsOf<T>(RemedySpec remedy, string probe, Pack pack)
        where T : IProbeSettings
        => pack.Probes.FirstOrDefault(p => p.Name == probe)?.Settings is T settings
            ? settings
            : throw new InvalidOperationException($"The remedy '{remedy.Id}' names the probe '{probe}', which is not of the kind it needs.");

    private DockerEngine Docker(string kind)
        => _docker ?? throw new InvalidOperationException($"The pack uses '{kind}' but names no Docker daemon (key 'docker').");
}
