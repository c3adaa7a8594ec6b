namespace FieldMedic.Journal;

/// <summary>Somebody pulled the kill switch, or put it back.</summary>
/// <param name="System">The system, or <c>*</c> for all of them.</param>
/// <param name="By">Who it was.</param>
/// <param name="IsPause">False: repairs were allowed again.</param>
public sealed record ControlChange(DateTimeOffset At, string System, string By, bool IsPause);
