namespace FieldMedic.GitHub.Wire;

/// <summary>An account; logins can be renamed and taken by others, ids cannot.</summary>
internal sealed record WireUser(long Id, string Login, string? Type);
