namespace FieldMedic.Server.Operations;

/// <summary>Event ids 2400 to 2499.</summary>
internal static partial class RetentionLog
{
    [LoggerMessage(2400, LogLevel.Information, "Removed {Count} incidents that were over and older than {Days} days.")]
    public static partial void Removed(ILogger log, int count, double days);

    [LoggerMessage(2401, LogLevel.Warning, "Old incidents were not removed; tried again tomorrow: {Why}")]
    public static partial void Failed(ILogger log, string why);
}
