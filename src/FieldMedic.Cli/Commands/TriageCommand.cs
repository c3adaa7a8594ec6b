using System.CommandLine;
using System.Globalization;
using FieldMedic.Cli.Output;
using FieldMedic.Hosting;
using FieldMedic.Intake;
using FieldMedic.Intake.Corpus;
using FieldMedic.Packs;
using FieldMedic.Packs.Yaml;
using FieldMedic.Platform;
using Spectre.Console;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic triage</c>: what a text is taken for, and how often that is right on a labelled corpus.</summary>
internal static class TriageCommand
{
    private const int BodyCap = 16 << 20;

    public static Command Build()
    {
        var corpus = new Option<string?>("--corpus") { Description = "Measure on labelled reports, one JSON object a line (docs/triage.md)." };
        var title = new Option<string?>("--title") { Description = "The title of one report." };
        var body = new Option<string?>("--body") { Description = "Its text; - reads standard input." };
        var wrong = new Option<bool>("--wrong") { Description = "With --corpus: list the cases that were taken for something else." };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command(
            "triage",
            """
            Say what a report is taken for, by the complaint kinds of the pack, and which of its phrases matched. Measures nothing and changes nothing.

            Examples:
              fieldmedic triage --title "Sync stuck at 50 %"
              fieldmedic triage --corpus cases.jsonl --wrong

            Exit codes: 0 done, 64 the text, the corpus or the pack cannot be read.
            """)
        {
            corpus, title, body, wrong, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (file, text) = (parsed.GetValue(corpus), parsed.GetValue(body));
            if (file is null == (parsed.GetValue(title) is null && text is null))
            {
                throw new ConfigurationException("Give either --corpus FILE, or --title (and --body) of one report.");
            }

            var pack = Load(GlobalOptions.Settings(parsed));
            var triage = new ComplaintTriage(pack);
            if (file is not null)
            {
                var score = CorpusScore.Of(await CasesAsync(file, cancellationToken).ConfigureAwait(false), pack, triage);
                Show(score, file, parsed.GetValue(json), parsed.GetValue(wrong));
                return ExitCodes.Done;
            }

            text = text == "-" ? await StandardInputAsync(cancellationToken).ConfigureAwait(false) : text;
            Show(pack, triage.Judge(parsed.GetValue(title) ?? "", text ?? "", []), parsed.GetValue(json));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Pack Load(FieldMedicSettings settings)
    {
        if (settings.PackPath is not { Length: > 0 } path)
        {
            throw new ConfigurationException("No pack is named; use --pack PATH or FIELDMEDIC_PACK.");
        }

        var loaded = new PackLoader(PlatformKinds.Catalog).Load(path, settings.Variables);
        return loaded.Pack ?? throw new ConfigurationException(string.Join('\n', loaded.Problems));
    }

    private static async Task<IReadOnlyList<CorpusCase>> CasesAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return CorpusReader.Read(file, await File.ReadAllLinesAsync(file, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{file} cannot be read: {e.Message}", e);
        }
        catch (FormatException e)
        {
            throw new ConfigurationException(e.Message, e);
        }
    }

    private static async Task<string> StandardInputAsync(CancellationToken cancellationToken)
    {
        var buffer = new char[BodyCap];
        var read = await Console.In.ReadBlockAsync(buffer, cancellationToken).ConfigureAwait(false);
        return new string(buffer, 0, read);
    }

    private static void Show(Pack pack, Incidents.Complaint complaint, bool isJson)
    {
        var kinds = complaint.Kinds.Select(k => pack.Complaints.Single(c => c.Id == k)).ToList();
        if (isJson)
        {
            JsonOut.Write(new { kinds = kinds.Select(k => new { kind = k.Id, nature = Words.Snake(k.Nature), catalogue = k.Kind ?? k.Id }).ToArray(), matched = complaint.Matched });
            return;
        }

        foreach (var kind in kinds)
        {
            Terminal.Out.MarkupLine($"[bold]{Terminal.Safe(kind.Id)}[/] [grey]({Words.Snake(kind.Nature)!.Replace('_', ' ')})[/]");
        }

        foreach (var phrase in complaint.Matched)
        {
            Terminal.Out.MarkupLine($"  matched   {Terminal.Safe(phrase)}");
        }

        if (kinds.Count == 0)
        {
            Terminal.Out.MarkupLine("[bold]unknown[/] [grey](no phrase of the pack matched; the system is measured all the same)[/]");
        }
    }

    private static void Show(CorpusScore score, string file, bool isJson, bool listWrong)
    {
        if (isJson)
        {
            JsonOut.Write(new
            {
                corpus = file,
                n = score.N,
                n_text_answerable = score.Answerable,
                accuracy_text_answerable = score.Accuracy is { } accuracy ? Math.Round(accuracy, 4) : (double?)null,
                n_outages = score.Outages,
                missed_outages = score.MissedOutages,
                false_touches = score.FalseTouches,
                confusion = score.Confusion,
                wrong = score.Cases.Where(c => !c.IsRight).Select(c => new { id = c.Case.Id, expected = c.Case.Category, answer = c.Answer, text_only_answerable = c.Case.TextOnlyAnswerable, matched = c.Matched }).ToArray(),
            });
            return;
        }

        var console = Terminal.Out;
        console.MarkupLine($"[bold]{score.N} reports[/]");
        console.MarkupLine($"  right where the text tells    {score.AnswerableRight} of {score.Answerable}{Share(score.AnswerableRight, score.Answerable)}");
        console.MarkupLine($"  missed outages                {score.MissedOutages} of {score.Outages}{Share(score.MissedOutages, score.Outages)}");
        console.MarkupLine($"  repairs from the text alone   {score.FalseTouches} of {score.N}");
        var table = new Table().Border(TableBorder.Minimal).AddColumns("Label", "n", "Taken for");
        foreach (var (label, answers) in score.Confusion)
        {
            table.AddRow(Terminal.Safe(label), answers.Values.Sum().ToString(CultureInfo.InvariantCulture), Terminal.Safe(string.Join(", ", answers.Select(a => $"{a.Key} {a.Value}"))));
        }

        console.Write(table);
        foreach (var one in listWrong ? score.Cases.Where(c => !c.IsRight) : [])
        {
            console.MarkupLine($"{Terminal.Safe(one.Case.Id)}: {Terminal.Safe(one.Case.Category)} taken for {Terminal.Safe(one.Answer)}{(one.Case.TextOnlyAnswerable ? "" : " [grey](the text alone does not tell)[/]")} [grey]{Terminal.Safe(string.Join("; ", one.Matched))}[/]");
        }
    }

    private static string Share(int part, int whole) => whole == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({100d * part / whole:0.0} %)");
}
