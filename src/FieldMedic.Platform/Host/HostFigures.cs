namespace FieldMedic.Platform.Host;

/// <summary>What a machine says of itself.</summary>
internal sealed record HostFigures(FileSystemFigures Disk, double MemoryTotal, double MemoryAvailable, double Load, int Processors);
