using FieldMedic.Incidents;
using FieldMedic.Intake;
using FieldMedic.Intake.Corpus;
using FieldMedic.Packs;
using Microsoft.ML;

namespace FieldMedic.Bench.Triage;

/// <summary>A text classifier behind the same port as the pack's phrases. It names one kind, or none where the label says unknown.</summary>
internal sealed class TrainedTriage : IComplaintTriage
{
    private readonly PredictionEngine<Report, Answer> _engine;
    private readonly HashSet<string> _kinds;

    public TrainedTriage(IReadOnlyList<CorpusCase> cases, IReadOnlyList<ComplaintSpec> kinds, int seed)
    {
        _kinds = [.. kinds.Select(k => k.Id)];
        var ml = new MLContext(seed);
        var data = ml.Data.LoadFromEnumerable(cases.Select(c => new Report { Text = $"{c.Title} {c.Title} {c.Body}", Label = c.Category }));
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Key", nameof(Report.Label))
            .Append(ml.Transforms.Text.FeaturizeText("Features", nameof(Report.Text)))
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Key"))
            .Append(ml.Transforms.Conversion.MapKeyToValue(nameof(Answer.PredictedLabel)));
        _engine = ml.Model.CreatePredictionEngine<Report, Answer>(pipeline.Fit(data));
    }

    public Complaint Judge(string title, string body, IEnumerable<string> comments)
    {
        var answer = _engine.Predict(new Report { Text = $"{title} {title} {body}" }).PredictedLabel;
        return _kinds.Contains(answer) ? new Complaint([answer], []) : Complaint.None;
    }

    private sealed class Report
    {
        public string Text { get; set; } = "";

        public string Label { get; set; } = "";
    }

    private sealed class Answer
    {
        public string PredictedLabel { get; set; } = "";
    }
}
