namespace FieldMedic.Platform.Commands;

/// <summary>What a process gave. Output is capped at 64 KiB.</summary>
internal sealed record CommandOutput(int ExitCode, string Output, string Error)
{
    /// <summary>The last line that says something, for messages.</summary>
    public string LastLine
        => (Error + "\n" + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() is { } line
            ? (line.Length > 200 ? line[..200] : line)
            : "no output";
}
