namespace FieldMedic.Platform.Commands;

/// <summary>How the output of a command is read.</summary>
public enum CommandParse
{
    Json,
    Number,
    Line,
}
