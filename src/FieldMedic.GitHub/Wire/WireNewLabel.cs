namespace FieldMedic.GitHub.Wire;

/// <summary>The body that makes a label.</summary>
internal sealed record WireNewLabel(string Name, string Color, string Description);
