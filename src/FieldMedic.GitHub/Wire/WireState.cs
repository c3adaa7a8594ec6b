namespace FieldMedic.GitHub.Wire;

/// <summary>The body that opens or closes an issue. It must hold nothing else: a null milestone would clear the milestone.</summary>
internal sealed record WireState(string State, string? StateReason);
