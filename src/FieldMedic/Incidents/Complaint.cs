namespace FieldMedic.Incidents;

/// <summary>
/// What triage made of a reporter's text: kinds from the pack's closed list, and which symptom of the pack matched.
/// It holds no text of the reporter, so nothing hostile can travel with it.
/// </summary>
/// <param name="Kinds">Ids of complaint kinds, strongest first; empty when nothing matched.</param>
/// <param name="Matched">The pack's own symptom phrases that matched, for the explanation.</param>
public sealed record Complaint(IReadOnlyList<string> Kinds, IReadOnlyList<string> Matched)
{
    public static Complaint None { get; } = new([], []);

    public bool Equals(Complaint? other)
        => other is not null && Kinds.SequenceEqual(other.Kinds) && Matched.SequenceEqual(other.Matched);

    public override int GetHashCode() => HashCode.Combine(Kinds.Count, Matched.Count);
}
