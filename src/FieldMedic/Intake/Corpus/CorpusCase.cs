namespace FieldMedic.Intake.Corpus;

/// <summary>A report with what it should be taken for.</summary>
/// <param name="Category">The right kind; <c>unknown</c> when the text names none.</param>
/// <param name="AlsoOk">Kinds that are right as well.</param>
/// <param name="TextOnlyAnswerable">Whether the text alone tells the kind.</param>
public sealed record CorpusCase(
    string Id,
    string Title,
    string Body,
    IReadOnlyList<string> Comments,
    string Category,
    IReadOnlyList<string> AlsoOk,
    bool TextOnlyAnswerable,
    ExpectedAction ExpectedAction);
