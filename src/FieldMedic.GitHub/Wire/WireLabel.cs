namespace FieldMedic.GitHub.Wire;

/// <summary>A label of a repository or an issue.</summary>
internal sealed record WireLabel(string Name);
