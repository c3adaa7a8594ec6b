namespace FieldMedic.Storage;

/// <summary>A kill switch that is thrown.</summary>
/// <param name="System">One system, or <c>*</c>.</param>
public sealed record StoredPause(string System, string By, DateTimeOffset At);
