namespace FieldMedic.Packs;

/// <summary>
/// A symptom, parsed: terms that must all occur in one sentence. Matching looks words up and runs no regex, so its time is
/// linear in the text whatever the text is.
/// </summary>
public sealed class SymptomPhrase
{
    private const int MostTerms = 16;

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

    /// <summary>Whether a text can stand in a vocabulary: alternatives, none of which is a name itself.</summary>
    public static bool IsTerm(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return !text.Any(char.IsWhiteSpace) && text.Split('|').All(a => !a.StartsWith('$') && SymptomAlternative.Parse(a) is not null);
    }

    /// <summary>The phrase, or null with a message that says what is wrong. The grammar is that of <see cref="ComplaintSpec.Symptoms"/>.</summary>
    /// <param name="vocabulary">What <c>$name</c> stands for.</param>
    public static SymptomPhrase? Parse(string text, IReadOnlyDictionary<string, IReadOnlyList<string>> vocabulary, out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(vocabulary);
        error = null;
        var terms = new List<IReadOnlyList<SymptomAlternative>>();
        var isDecisive = text.StartsWith('!');
        foreach (var written in (isDecisive ? text[1..] : text).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var choices = written.Split('|');
            if (choices.FirstOrDefault(c => c.StartsWith('$') && !vocabulary.ContainsKey(c[1..])) is { } unknown)
            {
                error = $"The pack's vocabulary has no '{unknown[1..]}'; '{unknown}' stands for the words that are listed there under that name.";
                return null;
            }

            var alternatives = choices.SelectMany(c => c.StartsWith('$') ? vocabulary[c[1..]] : [c]).Select(SymptomAlternative.Parse).ToList();
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

        if (terms.Count > MostTerms)
        {
            error = $"The symptom has {terms.Count} terms; more than {MostTerms} never meet in one sentence.";
            return null;
        }

        return new SymptomPhrase(text, isDecisive, terms);
    }
}
