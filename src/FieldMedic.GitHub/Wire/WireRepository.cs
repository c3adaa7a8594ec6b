namespace FieldMedic.GitHub.Wire;

/// <summary>A repository, as the doctor looks at it.</summary>
internal sealed record WireRepository(string FullName, bool HasIssues, bool Archived, WireRights? Permissions);
