namespace FieldMedic.GitHub.Wire;

/// <summary>What an account may do in a repository: <c>admin</c>, <c>write</c>, <c>read</c> or <c>none</c>.</summary>
internal sealed record WirePermission(string Permission);
