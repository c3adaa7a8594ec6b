using FieldMedic.Packs;

namespace FieldMedic.Intake;

/// <summary>A symptom with the kind it speaks for.</summary>
/// <param name="Kind">Position of the kind in the pack.</param>
/// <param name="IsNegative">The phrase holds a negation itself.</param>
internal sealed record IndexedSymptom(int Kind, SymptomPhrase Phrase, bool IsNegative)
{
    private const double Decisive = 8;

    /// <summary>The more must come together, the more it says; what the pack calls decisive says most.</summary>
    public double Strength { get; } = Phrase.IsDecisive ? Decisive : Math.Min(4, Phrase.Terms.Sum(t => t.Min(a => (double)a.Words.Count)));
}
