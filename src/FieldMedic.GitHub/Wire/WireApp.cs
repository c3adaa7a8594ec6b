namespace FieldMedic.GitHub.Wire;

/// <summary>An App, as it sees itself.</summary>
internal sealed record WireApp(string? Slug, string Name, IReadOnlyDictionary<string, string>? Permissions);
