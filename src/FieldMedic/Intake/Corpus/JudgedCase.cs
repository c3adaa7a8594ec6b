namespace FieldMedic.Intake.Corpus;

/// <summary>A case and what triage made of it.</summary>
/// <param name="Answer">The strongest kind as the catalogue names it; <c>unknown</c> when nothing matched.</param>
/// <param name="Matched">The pack's phrases that matched.</param>
/// <param name="IsRight">The answer is the label or one that is right as well.</param>
/// <param name="IsMissedOutage">The system should have been measured as broken, and the text was taken for no fault at all.</param>
/// <param name="IsFalseTouch">A repair would follow from the text alone.</param>
public sealed record JudgedCase(CorpusCase Case, string Answer, IReadOnlyList<string> Kinds, IReadOnlyList<string> Matched, bool IsRight, bool IsMissedOutage, bool IsFalseTouch);
