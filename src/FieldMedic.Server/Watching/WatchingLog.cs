namespace FieldMedic.Server.Watching;

/// <summary>Event ids 2200 to 2299.</summary>
internal static partial class WatchingLog
{
    [LoggerMessage(2200, LogLevel.Warning, "Incident {Incident} could not go on and is looked at again: {Why}")]
    public static partial void Failed(ILogger log, string incident, string why);

    [LoggerMessage(2201, LogLevel.Error, "The journal cannot be read; looking again later.")]
    public static partial void NoJournal(ILogger log, Exception exception);

    [LoggerMessage(2202, LogLevel.Error, "Looking after the incidents failed.")]
    public static partial void Bug(ILogger log, Exception exception);
}
