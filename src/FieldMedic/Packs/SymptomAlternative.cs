namespace FieldMedic.Packs;

/// <summary>Words that follow each other: <c>no_space_left</c>.</summary>
/// <param name="Key">The same for alternatives that fit the same texts.</param>
internal sealed record SymptomAlternative(string Key, IReadOnlyList<SymptomWord> Words)
{
    /// <summary>Null when it holds no letter or digit, or a <c>*</c> that is not at the end of a word.</summary>
    public static SymptomAlternative? Parse(string text)
    {
        var words = new List<SymptomWord>();
        foreach (var written in text.Split('_', StringSplitOptions.RemoveEmptyEntries))
        {
            var isPrefix = written.EndsWith('*');
            var stem = isPrefix ? written[..^1] : written;
            var folded = TextFolding.Words(stem);
            if (folded.Count == 0 || stem.Contains('*', StringComparison.Ordinal))
            {
                return null;
            }

            words.AddRange(folded.Select((w, i) => new SymptomWord(w, isPrefix && i == folded.Count - 1, w.Any(TextFolding.IsUnspaced))));
        }

        return words.Count == 0 ? null : new SymptomAlternative(string.Join(' ', words.Select(w => w.IsPrefix ? w.Text + '*' : w.Text)), words);
    }

    public bool FitsAt(IReadOnlyList<string> words, int start)
    {
        if (start + Words.Count > words.Count)
        {
            return false;
        }

        for (var i = 0; i < Words.Count; i++)
        {
            if (!Words[i].Fits(words[start + i]))
            {
                return false;
            }
        }

        return true;
    }
}
