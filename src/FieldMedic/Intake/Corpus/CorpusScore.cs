using FieldMedic.Incidents;
using FieldMedic.Packs;

namespace FieldMedic.Intake.Corpus;

/// <summary>How well triage reads labelled reports.</summary>
public sealed record CorpusScore(IReadOnlyList<JudgedCase> Cases)
{
    public const string Unknown = "unknown";

    public int N => Cases.Count;

    public int Answerable => Cases.Count(c => c.Case.TextOnlyAnswerable);

    public int AnswerableRight => Cases.Count(c => c.Case.TextOnlyAnswerable && c.IsRight);

    /// <summary>Right among those that the text alone can answer, 0 to 1; null when there are none.</summary>
    public double? Accuracy => Answerable == 0 ? null : (double)AnswerableRight / Answerable;

    /// <summary>Cases that somebody should have measured.</summary>
    public int Outages => Cases.Count(c => ShouldBeMeasured(c.Case));

    public int MissedOutages => Cases.Count(c => c.IsMissedOutage);

    public int FalseTouches => Cases.Count(c => c.IsFalseTouch);

    /// <summary>Label → answer → how many.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Confusion
        => Cases.GroupBy(c => c.Case.Category, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => (IReadOnlyDictionary<string, int>)g.GroupBy(c => c.Answer, StringComparer.Ordinal).OrderByDescending(a => a.Count()).ThenBy(a => a.Key, StringComparer.Ordinal).ToDictionary(a => a.Key, a => a.Count(), StringComparer.Ordinal),
                StringComparer.Ordinal);

    public static CorpusScore Of(IEnumerable<CorpusCase> cases, Pack pack, IComplaintTriage triage)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(triage);
        var catalogue = new ProblemCatalogue(pack);
        var complaints = pack.Complaints.ToDictionary(c => c.Id, StringComparer.Ordinal);
        // What holds although nothing was measured: a repair of it would rest on the text alone.
        var unmeasured = catalogue.Judge(Snapshot.Empty).Findings.Where(f => catalogue.Find(f.Key)!.Remedies.Count > 0).ToList();
        return new CorpusScore([.. cases.Select(c => Judge(c, triage.Judge(c.Title, c.Body, c.Comments)))]);

        JudgedCase Judge(CorpusCase labelled, Complaint complaint)
        {
            var kinds = complaint.Kinds.Select(k => complaints[k].Kind ?? k).ToList();
            var answer = kinds.FirstOrDefault() ?? Unknown;
            var isNoFault = complaint.Kinds.Count > 0 && complaint.Kinds.All(k => complaints[k].Nature != ComplaintNature.Fault);
            return new JudgedCase(
                labelled,
                answer,
                kinds,
                complaint.Matched,
                answer == labelled.Category || labelled.AlsoOk.Contains(answer, StringComparer.Ordinal),
                ShouldBeMeasured(labelled) && isNoFault,
                unmeasured.Exists(f => catalogue.Explains(f, complaint)));
        }
    }

    private static bool ShouldBeMeasured(CorpusCase labelled) => labelled.ExpectedAction is ExpectedAction.Fix or ExpectedAction.NeedsDiagnostics;
}
