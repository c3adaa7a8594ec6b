namespace FieldMedic.GitHub.Wire;

/// <summary>A comment of an issue.</summary>
internal sealed record WireComment(long Id, WireUser? User, string? Body, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt);
