using FieldMedic.Incidents;
using FieldMedic.Packs;

namespace FieldMedic.Intake;

/// <summary>
/// Scores a report against the pack's symptom phrases. It answers with ids and phrases of the pack only; nothing of the text
/// gets out. A symptom counts once, at its best place, so repeating it a thousand times gains nothing.
/// </summary>
public sealed class ComplaintTriage : IComplaintTriage
{
    private const int CommentsRead = 50;

    // A fault that is at least so clear beside a question or a wish is what the report is about.
    private const double ClearBesideAsking = 0.7;

    // A kind with less than this share of the strongest one's score is a side remark.
    private const double WorthNaming = 0.4;

    private readonly IReadOnlyList<ComplaintSpec> _kinds;
    private readonly SymptomIndex _index = new();

    public ComplaintTriage(IReadOnlyList<ComplaintSpec> kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        _kinds = kinds;
        for (var kind = 0; kind < kinds.Count; kind++)
        {
            foreach (var symptom in kinds[kind].Symptoms)
            {
                var phrase = SymptomPhrase.Parse(symptom, out var error) ?? throw new ArgumentException(error, nameof(kinds));
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
            foreach (var symptom in _index.Match(line.Words))
            {
                best[symptom] = Math.Max(best.GetValueOrDefault(symptom), line.Weight * symptom.Strength);
            }
        }
    }

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

        // "Please check the status, nothing syncs" is a fault: a question may be answered and closed, so it must be alone to win.
        var isFault = scores.Any(s => s.Kind.Nature == ComplaintNature.Fault && s.Score >= ClearBesideAsking * top);
        var ranked = scores.Where(s => s.Score >= WorthNaming * top)
            .OrderBy(s => s.Kind.Nature switch { ComplaintNature.StatusRequest => 2, ComplaintNature.Asking when isFault => 1, _ => 0 })
            .ThenByDescending(s => s.Score)
            .ThenBy(s => s.Position)
            .ToList();
        var named = ranked.Select(r => r.Position).ToHashSet();
        var matched = best.Where(b => named.Contains(b.Key.Kind))
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
