namespace FieldMedic.Platform.Docker;

/// <summary>Version of the engine and of its API.</summary>
internal sealed record DockerVersion(string Engine, string Api);
