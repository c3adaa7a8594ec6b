namespace FieldMedic.Platform.Docker;

/// <summary>What the daemon says of itself and its machine.</summary>
internal sealed record DockerInfo(string RootFolder, double MemoryBytes);
