namespace FieldMedic.Server.Polling;

/// <summary>Event ids 2300 to 2399.</summary>
internal static partial class PollingLog
{
    [LoggerMessage(2300, LogLevel.Warning, "GitHub could not be asked for news of {Repository}; again in {Wait}: {Why}")]
    public static partial void Failed(ILogger log, string repository, TimeSpan wait, string why);
}
