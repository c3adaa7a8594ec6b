namespace FieldMedic.Bench.Faults;

/// <summary>One event of the daemon.</summary>
/// <param name="Type">container, image, volume; network where a container was connected or disconnected.</param>
/// <param name="Name">Of a container without the project's name.</param>
internal sealed record DockerEvent(string Type, string Action, string Name);
