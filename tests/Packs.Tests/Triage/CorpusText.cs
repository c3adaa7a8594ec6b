namespace FieldMedic.Packs.Tests.Triage;

/// <summary>One text of the corpus with what it is about; <c>unknown</c> means that nothing may be read into it.</summary>
internal sealed record CorpusText(string Id, string Lang, string Title, string Body, string Category, IReadOnlyList<string> AlsoOk, bool Adversarial);
