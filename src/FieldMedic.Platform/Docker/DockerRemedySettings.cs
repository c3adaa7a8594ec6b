using FieldMedic.Packs;

namespace FieldMedic.Platform.Docker;

/// <summary><c>docker.start</c>, <c>docker.unpause</c>, <c>docker.restart</c>, <c>compose.recreate</c>.</summary>
public sealed record DockerRemedySettings : IRemedySettings
{
    /// <summary>The service; the finding's service when absent.</summary>
    public string? Service { get; init; }

    /// <summary>
    /// Field of the service's observations that lists the containers to treat, separated by commas (<c>oom_containers</c>); all that
    /// are in the state for it when absent.
    /// </summary>
    public string? NamedBy { get; init; }

    /// <summary>With <c>docker.restart</c>: time to stop by itself before it is killed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}
