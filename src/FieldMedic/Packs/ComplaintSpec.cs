namespace FieldMedic.Packs;

/// <summary>One kind of complaint and how people word it.</summary>
/// <param name="Id">E.g. <c>upload_sync_failure</c>.</param>
/// <param name="Nature">What the flow does with it.</param>
/// <param name="Symptoms">
/// Phrases. Terms separated by spaces must all occur in one sentence, in any order; <c>a|b</c> are alternatives, a <c>*</c> at the
/// end of a word matches any ending, <c>_</c> in a term stands for one or more spaces. Case and accents do not matter; words of
/// scripts without spaces match anywhere. <c>$name</c> stands for what the pack's vocabulary lists under that name. A term right behind a negation ("not down") does not count, unless the phrase has a
/// negation itself. A phrase that begins with <c>!</c> is decisive: an error's own code or name.
/// </param>
/// <param name="Kind">The catalogue entry it is a way of complaining about; null when that is its id.</param>
/// <param name="IsBroad">Many faults look like this; one that is named beside it comes first.</param>
public sealed record ComplaintSpec(string Id, ComplaintNature Nature, IReadOnlyList<string> Symptoms, string? Kind = null, bool IsBroad = false);
