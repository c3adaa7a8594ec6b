namespace FieldMedic.GitHub.Wire;

/// <summary>The body of a refusal.</summary>
internal sealed record WireError(string? Message);
