namespace FieldMedic.Dashboard;

internal static partial class DashboardLog
{
    [LoggerMessage(EventId = 900, Level = LogLevel.Warning, Message = "The dashboard cannot read the journal: {Why}")]
    public static partial void JournalUnreadable(ILogger logger, string why);

    [LoggerMessage(EventId = 901, Level = LogLevel.Warning, Message = "The dashboard cannot measure the system: {Why}")]
    public static partial void CannotMeasure(ILogger logger, string why);

    [LoggerMessage(EventId = 902, Level = LogLevel.Information, Message = "{Person} {Did} repairs of {System}")]
    public static partial void Switched(ILogger logger, string person, string did, string system);
}
