namespace FieldMedic.Mcp.Tests.Actions;

/// <summary>One step of a composite action. Run is null for a step that uses another action.</summary>
internal sealed record ActionStep(string? Id, string? If, string? Run, IReadOnlyDictionary<string, string> Environment);
