namespace FieldMedic.Platform.Logs;

/// <summary>Entries that differ only in numbers, ids, times and quoted words.</summary>
/// <param name="Template">What they have in common; <c>*</c> stands for what differs. The last line of a traceback stands for it.</param>
/// <param name="First">Of those in the time asked for; UTC.</param>
/// <param name="Example">The last one in full, without colours and control characters, cut at 2000 characters.</param>
/// <param name="PerHour">How often in the time asked for, by the hour.</param>
/// <param name="PerHourBefore">How often in the hour before that; null when the log does not reach so far back.</param>
public sealed record LogCluster(string Service, string Template, int Count, DateTimeOffset First, DateTimeOffset Last, string Example, double PerHour, double? PerHourBefore);
