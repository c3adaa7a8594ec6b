namespace FieldMedic.GitHub.Wire;

/// <summary>Something that happened to an issue.</summary>
internal sealed record WireEvent(string? Event, WireUser? Actor, DateTimeOffset CreatedAt, WireLabel? Label = null, WireUser? Assigner = null);
