using FieldMedic.Packs;

namespace FieldMedic.Intake;

/// <summary>All symptoms of a pack, indexed by the first word of their alternatives.</summary>
internal sealed class SymptomIndex
{
    private const int LongestWord = 64;

    private static readonly HashSet<string> Negations = new(StringComparer.Ordinal)
    {
        "not", "no", "never", "isnt", "arent", "wasnt", "werent", "nicht", "kein", "keine", "keinen", "nie", "pas", "jamais", "sin", "sem", "nao", "nunca",
    };

    private readonly Dictionary<string, List<SymptomAlternative>> _byWord = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SymptomAlternative>> _byPrefix = new(StringComparer.Ordinal);
    private readonly List<SymptomAlternative> _parts = [];
    private readonly Dictionary<string, List<IndexedSymptom>> _symptoms = new(StringComparer.Ordinal);

    public void Add(IndexedSymptom symptom)
    {
        foreach (var alternative in symptom.Phrase.Terms.SelectMany(t => t))
        {
            if (!_symptoms.TryGetValue(alternative.Key, out var sharing))
            {
                _symptoms[alternative.Key] = sharing = [];
                Shelf(alternative.Words[0]).Add(alternative);
            }

            sharing.Add(symptom);
        }
    }

    /// <summary>The symptoms that a line shows.</summary>
    public IEnumerable<IndexedSymptom> Match(IReadOnlyList<string> words)
    {
        // True: seen plainly. False: seen behind a negation only.
        var seen = new Dictionary<string, bool>(StringComparer.Ordinal);
        for (var at = 0; at < words.Count; at++)
        {
            var negated = at > 0 && Negations.Contains(words[at - 1]);
            foreach (var alternative in StartingWith(words[at]))
            {
                if (alternative.FitsAt(words, at))
                {
                    seen[alternative.Key] = !negated || (seen.TryGetValue(alternative.Key, out var plainly) && plainly);
                }
            }
        }

        return seen.Keys
            .SelectMany(a => _symptoms[a])
            .Distinct()
            .Where(s => s.Phrase.Terms.All(t => t.Any(a => seen.TryGetValue(a.Key, out var plainly) && (plainly || s.IsNegative))));
    }

    public static bool IsNegative(SymptomPhrase phrase)
        => phrase.Terms.SelectMany(t => t).SelectMany(a => a.Words).Any(w => Negations.Contains(w.Text));

    private List<SymptomAlternative> Shelf(SymptomWord word)
    {
        if (word.IsPart)
        {
            return _parts;
        }

        var shelf = word.IsPrefix ? _byPrefix : _byWord;
        if (!shelf.TryGetValue(word.Text, out var list))
        {
            shelf[word.Text] = list = [];
        }

        return list;
    }

    private IEnumerable<SymptomAlternative> StartingWith(string word)
    {
        if (_byWord.TryGetValue(word, out var exact))
        {
            foreach (var alternative in exact)
            {
                yield return alternative;
            }
        }

        if (TextFolding.IsUnspaced(word[0]))
        {
            foreach (var alternative in _parts)
            {
                yield return alternative;
            }

            yield break;
        }

        var prefixes = _byPrefix.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = 1; length <= Math.Min(word.Length, LongestWord); length++)
        {
            if (prefixes.TryGetValue(word.AsSpan(0, length), out var open))
            {
                foreach (var alternative in open)
                {
                    yield return alternative;
                }
            }
        }
    }
}
