namespace FieldMedic.GitHub.Wire;

/// <summary>What the token may do in a repository.</summary>
internal sealed record WireRights(bool Push, bool Triage, bool Pull);
