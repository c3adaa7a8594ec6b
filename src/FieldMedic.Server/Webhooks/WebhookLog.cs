namespace FieldMedic.Server.Webhooks;

/// <summary>Event ids 2000 to 2099.</summary>
internal static partial class WebhookLog
{
    [LoggerMessage(2000, LogLevel.Information, "A delivery was refused with {Status}: {Why}")]
    public static partial void Refused(ILogger log, int status, string why);

    [LoggerMessage(2001, LogLevel.Error, "A delivery could not be stored.")]
    public static partial void NotStored(ILogger log, Exception exception);
}
