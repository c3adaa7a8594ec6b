namespace FieldMedic.Platform.Docker;

/// <summary>What a command in a container gave.</summary>
internal sealed record ExecResult(long ExitCode, string Output, string Error);
