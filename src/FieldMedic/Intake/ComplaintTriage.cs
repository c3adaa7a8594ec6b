using FieldMedic.Incidents;
using FieldMedic.Packs;

namespace FieldMedic.Intake;

/// <summary>
/// Scores a report against the pack's symptom phrases. It answers with ids and phrases of the pack only; nothing of the text
/// gets out. A symptom counts once, at its best place, so repeating it a thousand times gains nothing; of a sentence only the
/// clearest symptom of a kind counts, so saying one thing in words that fit several gains nothing either.
/// </summary>
public sealed class ComplaintTriage : IComplaintTriage
{
    private const int CommentsRead = 50;

    // A kind with less than this share of the strongest one's score is a side remark.
    private const double WorthNaming = 0.4;

    private readonly IReadOnlyList<ComplaintSpec> _kinds;
    private readonly SymptomIndex _index = new();

    public ComplaintTriage(Pack pack)
        : this(pack?.Complaints ?? throw new ArgumentNullException(nameof(pack)), pack.Vocabulary)
    {
    }

    public ComplaintTriage(IReadOnlyList<ComplaintSpec> kinds, IReadOnlyDictionary<string, IReadOnlyList<string>> vocabulary)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        ArgumentNullException.ThrowIfNull(vocabulary);
        _kinds = kinds;
        for (var kind = 0; kind < kinds.Count; kind++)
        {
            foreach (var symptom in kinds[kind].Symptoms)
            {
                var phrase = SymptomPhrase.Parse(symptom, vocabulary, out var error) ?? throw new ArgumentException(error, nameof(kinds));
                _index.Add(new IndexedSymptom(kind, phrase, SymptomIndex.IsNegative(phrase)));
            }
        }
    }

    public Complaint Judge(string title, string body, IEnumerable<string> comments)
    {
        ArgumentNullException.ThrowIfNull(comments);
        var best = new Dictionary<IndexedSymptom, double>();
        Read(ReportText.Title(title), best);
        Read(ReportText.Body(body), best);
        var budget = ReportText.Limit;
        foreach (var comment in comments.Take(CommentsRead))
        {
            Read(ReportText.Body(comment), best);
            if ((budget -= comment?.Length ?? 0) <= 0)
            {
                break;
            }
        }

        return Rank(best);
    }

    private void Read(IEnumerable<TextLine> lines, Dictionary<IndexedSymptom, double> best)
    {
        foreach (var line in lines)
        {
            foreach (var clearest in _index.Match(line.Words).GroupBy(s => s.Kind).Select(Clearest))
            {
                best[clearest] = Math.Max(best.GetValueOrDefault(clearest), line.Weight * clearest.Strength);
            }
        }
    }

    private static IndexedSymptom Clearest(IEnumerable<IndexedSymptom> symptoms)
        => symptoms.OrderByDescending(s => s.Strength).ThenByDescending(s => s.Phrase.Written, StringComparer.Ordinal).First();

    private Complaint Rank(Dictionary<IndexedSymptom, double> best)
    {
        if (best.Count == 0)
        {
            return Complaint.None;
        }

        var scores = best.GroupBy(b => b.Key.Kind)
            .Select(g => (Kind: _kinds[g.Key], Position: g.Key, Score: Score(g.Select(b => b.Value))))
            .ToList();
        var top = scores.Max(s => s.Score);

        // A request for the status may be answered and closed, so beside it even the faintest sign of a fault is named.
        var isStatusRequest = scores.Exists(s => s.Kind.Nature == ComplaintNature.StatusRequest && s.Score >= top);

        // "Please check the status, nothing syncs" is a fault: who asks comes after what broke.
        var named = scores.Where(s => s.Score >= WorthNaming * top || (isStatusRequest && s.Kind.Nature == ComplaintNature.Fault)).ToList();
        var isFault = named.Exists(s => s.Kind.Nature == ComplaintNature.Fault);

        // "Nothing syncs: no space left" is about the disk: what looks alike whatever broke comes after what did.
        var isNarrow = named.Exists(s => s.Kind is { Nature: ComplaintNature.Fault, IsBroad: false });
        var ranked = named
            .OrderBy(s => s.Kind.Nature switch
            {
                ComplaintNature.StatusRequest => 3,
                ComplaintNature.Asking when isFault => 2,
                _ when isNarrow && s.Kind.IsBroad => 1,
                _ => 0,
            })
            .ThenByDescending(s => s.Score)
            .ThenBy(s => s.Kind.IsBroad)
            .ThenBy(s => s.Position)
            .ToList();
        var positions = ranked.Select(r => r.Position).ToHashSet();
        var matched = best.Where(b => positions.Contains(b.Key.Kind))
            .OrderBy(b => ranked.FindIndex(r => r.Position == b.Key.Kind))
            .ThenByDescending(b => b.Value)
            .ThenBy(b => b.Key.Phrase.Written, StringComparer.Ordinal)
            .Select(b => b.Key.Phrase.Written)
            .Distinct(StringComparer.Ordinal);
        return new Complaint([.. ranked.Select(r => r.Kind.Id)], [.. matched]);
    }

    /// <summary>The best symptom in full, every further one half of the one before: many weak hints do not outvote a clear one.</summary>
    private static double Score(IEnumerable<double> values)
        => values.OrderDescending().Select((value, rank) => value / Math.Pow(2, rank)).Sum();
}
