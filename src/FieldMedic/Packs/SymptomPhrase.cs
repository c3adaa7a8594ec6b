namespace FieldMedic.Packs;

/// <summary>
/// A symptom, parsed: terms that must all occur in one sentence. Matching looks words up and runs no regex, so its time is
/// linear in the text whatever the text is.
/// </summary>
public sealed class SymptomPhrase
{
    private SymptomPhrase(string written, bool isDecisive, IReadOnlyList<IReadOnlyList<SymptomAlternative>> terms)
    {
        Written = written;
        IsDecisive = isDecisive;
        Terms = terms;
    }

    /// <summary>The phrase as it stands in the pack.</summary>
    public string Written { get; }

    /// <summary>It says more than any number of others: an error's own code or name.</summary>
    internal bool IsDecisive { get; }

    /// <summary>Of each term one alternative must occur.</summary>
    internal IReadOnlyList<IReadOnlyList<SymptomAlternative>> Terms { get; }

    /// <summary>The phrase, or null with a message that says what is wrong. The grammar is that of <see cref="ComplaintSpec.Symptoms"/>.</summary>
    public static SymptomPhrase? Parse(string text, out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        error = null;
        var terms = new List<IReadOnlyList<SymptomAlternative>>();
        var isDecisive = text.StartsWith('!');
        foreach (var written in (isDecisive ? text[1..] : text).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var alternatives = written.Split('|').Select(SymptomAlternative.Parse).ToList();
            if (alternatives.Contains(null))
            {
                error = $"The term '{written}' of the symptom has an alternative without letters, or a '*' that is not at the end of a word; write e.g. 'sync* fail*|broken' or 'no_space_left'.";
                return null;
            }

            terms.Add([.. alternatives.OfType<SymptomAlternative>()]);
        }

        if (terms.Count == 0)
        {
            error = "The symptom is empty; write words that occur together, e.g. 'sync* fail*|broken'.";
            return null;
        }

        return new SymptomPhrase(text, isDecisive, terms);
    }
}
