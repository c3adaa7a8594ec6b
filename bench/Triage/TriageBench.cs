using System.Globalization;
using System.Text;
using FieldMedic.Hosting;
using FieldMedic.Incidents;
using FieldMedic.Intake;
using FieldMedic.Intake.Corpus;

namespace FieldMedic.Bench.Triage;

/// <summary>
/// The pack's phrases and a classifier trained on labelled reports, judged on the same held-out folds. The phrases learn nothing from
/// a fold; those who wrote them had read the first corpus and had not read the answers to the second.
/// </summary>
internal static class TriageBench
{
    private const int Folds = 10;
    private const int Seed = 20261123;
    private static readonly (string Name, string File)[] Corpora =
    [
        ("development corpus", "tests/Packs.Tests/corpora/triage-dev.jsonl"),
        ("paraphrases", "tests/Packs.Tests/corpora/paraphrases.jsonl"),
    ];

    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var settings = SettingsReader.Read(Environment.CurrentDirectory, null, new Dictionary<string, string?> { ["pack"] = "packs/qfieldcloud" });
        await using var host = await FieldMedicHost.OpenAsync(settings, HostNeeds.None, cancellationToken);
        var phrases = new ComplaintTriage(host.Pack.Complaints);
        var corpora = Corpora.ToDictionary(c => c.Name, c => CorpusReader.Read(c.File, File.ReadLines(c.File)));
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Folds}-fold cross-validation, seed {Seed}: the classifier (ML.NET, SDCA maximum entropy over word and character n-grams) is trained on the other folds and, in the last row, on both corpora; the phrases are the pack's. Made by `fieldmedic-bench triage`.").AppendLine();
        text.AppendLine("| judged on | by | right where the text tells | missed outages | repairs from the text alone |").AppendLine("|---|---|---|---|---|");
        foreach (var (name, cases) in corpora.Append(new("both", [.. corpora.Values.SelectMany(c => c)])))
        {
            text.AppendLine(Row(name, "phrases", CorpusScore.Of(cases, host.Pack, phrases)));
            text.AppendLine(Row(name, "classifier", new CorpusScore([.. CrossValidated(cases, host.Pack)])));
        }

        await ResultsFile.WriteAsync("Triage", text.ToString(), cancellationToken);
        Console.WriteLine(text);
        return 0;
    }

    private static IEnumerable<JudgedCase> CrossValidated(IReadOnlyList<CorpusCase> cases, Packs.Pack pack)
    {
        var shuffled = cases.ToArray();
        new Random(Seed).Shuffle(shuffled);
        for (var fold = 0; fold < Folds; fold++)
        {
            var trained = new TrainedTriage([.. shuffled.Where((_, i) => i % Folds != fold)], pack.Complaints, Seed);
            foreach (var judged in CorpusScore.Of(shuffled.Where((_, i) => i % Folds == fold), pack, trained).Cases)
            {
                yield return judged;
            }
        }
    }

    private static string Row(string corpus, string by, CorpusScore score)
        => string.Create(CultureInfo.InvariantCulture, $"| {corpus} | {by} | {score.AnswerableRight} of {score.Answerable} ({100 * score.Accuracy:0.0} %) | {score.MissedOutages} of {score.Outages} | {score.FalseTouches} of {score.N} |");
}
