using System.CommandLine;

namespace FieldMedic.Bench.Faults;

/// <summary>The command line of the fault benchmark.</summary>
internal static class FaultsCommand
{
    public static Command Build()
    {
        var only = new Option<string[]>("--only") { Description = "Scenarios by the beginning of their names, e.g. F01 D.", AllowMultipleArgumentsPerToken = true };
        var runs = new Option<int>("--runs") { Description = "How often each is run.", DefaultValueFactory = _ => 3 };
        var first = new Option<int>("--first") { Description = "The number of the first run; later ones go on from there.", DefaultValueFactory = _ => 1 };
        var part = new Option<string>("--part") { Description = "One of several parts, e.g. 2/4; results are merged.", DefaultValueFactory = _ => "1/1" };
        var actor = new Option<string>("--actor") { Description = "medic, or a control: nothing, restart, autoheal.", DefaultValueFactory = _ => "medic" };
        var folder = new Option<string>("--out") { Description = "Where results.jsonl, table.md, report.html and the medic's journals go.", DefaultValueFactory = _ => "bench/faults-out" };
        var window = new Option<double>("--window") { Description = "Seconds that everything has to stay good for the medic.", DefaultValueFactory = _ => 30 };
        var hold = new Option<double>("--hold") { Description = "Seconds without any restart for the oracle.", DefaultValueFactory = _ => 60 };
        var selfTest = new Option<bool>("--self-test") { Description = "Test the oracle: it has to fail four bad repairs and pass two good ones." };
        var publish = new Option<bool>("--publish") { Description = "Run nothing; put the table of all results so far into bench/RESULTS.md." };
        var section = new Option<string>("--section") { Description = "The heading in bench/RESULTS.md to publish under.", DefaultValueFactory = _ => "Faults" };
        var command = new Command("faults", "Injects faults into the patient, files an issue, lets an actor work, and judges by an oracle of its own. Start it with bench/faults.") { only, runs, first, part, actor, folder, window, hold, selfTest, publish, section };
        command.SetAction(async (parsed, cancellation) =>
        {
            var to = parsed.GetValue(folder)!;
            if (parsed.GetValue(publish))
            {
                var results = FaultsBench.Read(Path.Combine(to, "results.jsonl"));
                await ResultsFile.WriteAsync(parsed.GetValue(section)!, FaultTable.Of(results), cancellation);
                Console.WriteLine($"{results.Count} runs");
                return results.Count == 0 ? 1 : 0;
            }

            var options = new FaultOptions
            {
                Scenarios = Path.GetFullPath("scenarios"),
                Out = to,
                Actor = parsed.GetValue(actor)!,
                Window = TimeSpan.FromSeconds(parsed.GetValue(window)),
                Hold = TimeSpan.FromSeconds(parsed.GetValue(hold)),
            };
            var all = Scenario.ReadAll(options.Scenarios);
            if (parsed.GetValue(selfTest))
            {
                return await OracleTest.RunAsync(options, all, cancellation);
            }

            var wanted = parsed.GetValue(only) is { Length: > 0 } names ? all.Where(s => names.Any(n => s.Id.StartsWith(n, StringComparison.OrdinalIgnoreCase))).ToList() : all;
            var (share, of) = (int.Parse(parsed.GetValue(part)!.Split('/')[0]), int.Parse(parsed.GetValue(part)!.Split('/')[1]));
            return await FaultsBench.RunAsync(options, [.. wanted.Where((_, i) => i % of == share - 1)], parsed.GetValue(first), parsed.GetValue(runs), cancellation);
        });
        return command;
    }
}
