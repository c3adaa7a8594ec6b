using System.Globalization;
using System.Text;
using FieldMedic.Hosting;
using FieldMedic.Incidents;
using FieldMedic.Intake;
using FieldMedic.Intake.Corpus;

namespace FieldMedic.Bench.Triage;

/// <summary>
/// The pack's phrases and a classifier trained on labelled reports, judged on the same held-out folds. The phrases learn nothing from
/// a fold, but were widened by what they had missed in these corpora; the last reports are those they were not widened by.
/// </summary>
internal static class TriageBench
{
    private const int Folds = 10;
    private const int Seed = 20261123;
    private static readonly (string Name, string File)[] Corpora =
    [
        ("development corpus", "tests/Packs.Tests/corpora/triage-dev.jsonl"),
        ("paraphrases", "tests/Packs.Tests/corpora/paraphrases.jsonl"),
        ("rounds", "tests/Packs.Tests/corpora/rounds.jsonl"),
    ];

    // Written last, and never read by whoever words the phrases.
    private const string Unseen = "tests/Packs.Tests/corpora/unseen.jsonl";

    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var settings = SettingsReader.Read(Environment.CurrentDirectory, null, new Dictionary<string, string?> { ["--pack"] = "packs/qfieldcloud" });
        await using var host = await FieldMedicHost.OpenAsync(settings, HostNeeds.None, cancellationToken);
        var phrases = new ComplaintTriage(host.Pack);
        var corpora = Corpora.ToDictionary(c => c.Name, c => CorpusReader.Read(c.File, File.ReadLines(c.File)));
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Folds}-fold cross-validation, seed {Seed}: the classifier (ML.NET, SDCA maximum entropy over word and character n-grams) is trained on the other folds of the corpus, or of all three; for the reports that nobody has widened a phrase by, on all three. The phrases are the pack's. Made by `fieldmedic-bench triage`.").AppendLine();
        text.AppendLine("| judged on | by | right where the text tells | missed outages | repairs from the text alone |").AppendLine("|---|---|---|---|---|");
        foreach (var (name, cases) in corpora.Append(new("all three", [.. corpora.Values.SelectMany(c => c)])))
        {
            text.AppendLine(Row(name, "phrases", CorpusScore.Of(cases, host.Pack, phrases)));
            text.AppendLine(Row(name, "classifier", new CorpusScore([.. CrossValidated(cases, host.Pack)])));
        }

        var unseen = CorpusReader.Read(Unseen, File.ReadLines(Unseen));
        var trained = new TrainedTriage([.. corpora.Values.SelectMany(c => c)], host.Pack.Complaints, Seed);
        text.AppendLine(Row("unseen", "phrases", CorpusScore.Of(unseen, host.Pack, phrases)));
        text.AppendLine(Row("unseen", "classifier", CorpusScore.Of(unseen, host.Pack, trained)));
        text.AppendLine(Row("unseen", "phrases, and the classifier where they say nothing", CorpusScore.Of(unseen, host.Pack, new ElseTriage(phrases, trained))));
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
