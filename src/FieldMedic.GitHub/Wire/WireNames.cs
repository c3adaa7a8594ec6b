namespace FieldMedic.GitHub.Wire;

/// <summary>The body that puts labels on an issue.</summary>
internal sealed record WireNames(IReadOnlyCollection<string> Labels);
