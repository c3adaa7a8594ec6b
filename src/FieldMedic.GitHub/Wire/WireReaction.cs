namespace FieldMedic.GitHub.Wire;

/// <summary>The body that puts a reaction somewhere.</summary>
internal sealed record WireReaction(string Content);
