namespace FieldMedic.Packs;

/// <summary>One folded word of a symptom.</summary>
/// <param name="IsPrefix">Any ending fits.</param>
/// <param name="IsPart">Of a script written without spaces: it fits anywhere inside a run of letters.</param>
internal sealed record SymptomWord(string Text, bool IsPrefix, bool IsPart)
{
    public bool Fits(string word)
        => IsPart ? word.Contains(Text, StringComparison.Ordinal)
            : IsPrefix ? word.StartsWith(Text, StringComparison.Ordinal)
            : word == Text;
}
