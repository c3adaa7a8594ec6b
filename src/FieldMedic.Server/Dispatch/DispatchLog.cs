namespace FieldMedic.Server.Dispatch;

/// <summary>Event ids 2100 to 2199.</summary>
internal static partial class DispatchLog
{
    [LoggerMessage(2100, LogLevel.Information, "Delivery {Sequence} ({Kind}, issue {Issue}): {Outcome}")]
    public static partial void Finished(ILogger log, long sequence, Inbox.DeliveryKind kind, int? issue, string outcome);

    [LoggerMessage(2101, LogLevel.Warning, "Delivery {Sequence} is tried again in {Wait}: {Why}")]
    public static partial void Later(ILogger log, long sequence, TimeSpan wait, string why);

    [LoggerMessage(2102, LogLevel.Error, "Delivery {Sequence} failed.")]
    public static partial void Failed(ILogger log, long sequence, Exception exception);

    [LoggerMessage(2103, LogLevel.Error, "The inbox cannot be read; looking again in {Wait}.")]
    public static partial void NoInbox(ILogger log, TimeSpan wait, Exception exception);

    [LoggerMessage(2104, LogLevel.Warning, "Delivery {Sequence} could not be acknowledged: {Why}")]
    public static partial void NotAcknowledged(ILogger log, long sequence, string why);
}
