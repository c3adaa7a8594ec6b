namespace FieldMedic.Packs;

/// <summary>One thing that a chain needs.</summary>
/// <param name="Name">For people, e.g. <c>job image</c>.</param>
/// <param name="Ok">What must hold; the conditions see one snapshot.</param>
/// <param name="Tell">What to tell a user while this link is broken.</param>
public sealed record ChainLink(string Name, IReadOnlyList<Condition> Ok, string Tell);
