namespace FieldMedic.Platform.Logs;

/// <summary>What one program said at once; a traceback is one entry.</summary>
/// <param name="At">When its first line was written; UTC.</param>
/// <param name="Text">Lines without colours and control characters.</param>
internal sealed record LogEntry(string Service, string Container, DateTimeOffset At, string Text);
