namespace FieldMedic.Platform.Guards;

/// <summary>Something that runs by the clock.</summary>
/// <param name="Where">A service (labels of ofelia) or a file of this machine.</param>
public sealed record CronJob(string Where, string Name, string Schedule, string Command);
