using FieldMedic.Packs;

namespace FieldMedic.Platform.Docker;

/// <summary><c>docker.start</c>, <c>docker.unpause</c>, <c>docker.restart</c>, <c>compose.recreate</c>.</summary>
public sealed record DockerRemedySettings : IRemedySettings
{
    /// <summary>The service; the finding's service when absent.</summary>
    public string? Service { get; init; }

    /// <summary>With <c>docker.restart</c>: time to stop by itself before it is killed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}
