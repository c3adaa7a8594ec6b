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
    private readonly Dictionary<string, List<(IndexedSymptom Symptom, int Term)>> _symptoms = new(StringComparer.Ordinal);

    public void Add(IndexedSymptom symptom)
    {
        foreach (var (alternative, term) in symptom.Phrase.Terms.SelectMany((t, i) => t.Select(a => (a, i))))
        {
            if (!_symptoms.TryGetValue(alternative.Key, out var sharing))
            {
                _symptoms[alternative.Key] = sharing = [];
                Shelf(alternative.Words[0]).Add(alternative);
            }

            sharing.Add((symptom, term));
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

        // A bit a term. Many symptoms share a word of the vocabulary; asking each of them for all its words would take long.
        var met = new Dictionary<IndexedSymptom, ulong>(ReferenceEqualityComparer.Instance);
        foreach (var (key, plainly) in seen)
        {
            foreach (var (symptom, term) in _symptoms[key])
            {
                if (plainly || symptom.IsNegative)
                {
                    met[symptom] = met.GetValueOrDefault(symptom) | (1UL << term);
                }
            }
        }

        return met.Where(m => m.Value == ulong.MaxValue >> (64 - m.Key.Phrase.Terms.Count)).Select(m => m.Key);
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
