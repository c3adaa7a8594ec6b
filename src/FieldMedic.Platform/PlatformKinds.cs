using FieldMedic.Packs;
using FieldMedic.Platform.Commands;
using FieldMedic.Platform.Disk;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Host;
using FieldMedic.Platform.Http;
using FieldMedic.Platform.Images;
using FieldMedic.Platform.Memcached;
using FieldMedic.Platform.Postgres;
using FieldMedic.Platform.Tls;

namespace FieldMedic.Platform;

/// <summary>The closed list of what a pack may measure and do.</summary>
public static class PlatformKinds
{
    public static KindCatalog Catalog { get; } = new(
        new Dictionary<string, Type>(StringComparer.Ordinal)
        {
            ["docker.services"] = typeof(DockerServicesSettings),
            ["docker.images"] = typeof(ImagesSettings),
            ["docker.resources"] = typeof(DockerResourcesSettings),
            ["docker.exec"] = typeof(DockerExecSettings),
            ["docker.disk"] = typeof(DiskSettings),
            ["docker.logs"] = typeof(DockerLogsSettings),
            ["http"] = typeof(HttpProbeSettings),
            ["tls"] = typeof(TlsProbeSettings),
            ["postgres"] = typeof(PostgresProbeSettings),
            ["postgres.clients"] = typeof(ClientsSettings),
            ["postgres.dead_rows"] = typeof(DeadRowsSettings),
            ["memcached"] = typeof(MemcachedProbeSettings),
            ["host"] = typeof(HostProbeSettings),
            ["command"] = typeof(CommandProbeSettings),
        },
        new Dictionary<string, Type>(StringComparer.Ordinal)
        {
            ["docker.start"] = typeof(DockerRemedySettings),
            ["docker.unpause"] = typeof(DockerRemedySettings),
            ["docker.restart"] = typeof(DockerRemedySettings),
            ["docker.reattach"] = typeof(DockerRemedySettings),
            ["docker.exec"] = typeof(DockerExecRemedySettings),
            ["compose.recreate"] = typeof(DockerRemedySettings),
            ["docker.clean"] = typeof(CleanSettings),
            ["docker.load_image"] = typeof(ImageRemedySettings),
            ["docker.pull_image"] = typeof(ImageRemedySettings),
            ["compose.build_image"] = typeof(ImageRemedySettings),
            ["compose.hold_image"] = typeof(ImageRemedySettings),
            ["postgres.restart_leaker"] = typeof(RestartLeakerSettings),
            ["postgres.fail_rows"] = typeof(FailRowsSettings),
            ["command"] = typeof(CommandRemedySettings),
        });
}
