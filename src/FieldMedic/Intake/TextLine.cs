namespace FieldMedic.Intake;

/// <summary>One sentence or line of a report, as folded words.</summary>
/// <param name="Weight">Title above prose above what was pasted (code, quotes, logs).</param>
internal sealed record TextLine(IReadOnlyList<string> Words, double Weight);
