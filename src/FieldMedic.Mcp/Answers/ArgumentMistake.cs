namespace FieldMedic.Mcp.Answers;

/// <summary>An argument is not one of those that are possible. The message names them; what was given is not repeated.</summary>
internal sealed class ArgumentMistake(string message) : Exception(message);
