using System.Globalization;
using System.Text;

namespace FieldMedic.Bench.Faults;

/// <summary>The figures of all runs so far, each with its n.</summary>
internal static class FaultTable
{
    public static string Of(IReadOnlyList<RunResult> results)
    {
        var text = new StringBuilder();
        var windows = results.Select(r => string.Create(CultureInfo.InvariantCulture, $"window {r.WindowSeconds:0.#} s, held for {r.HoldSeconds:0.#} s")).Distinct();
        text.AppendLine(CultureInfo.InvariantCulture, $"{results.Select(r => r.Scenario).Distinct().Count()} scenarios, {results.Count} runs; {string.Join("; ", windows)}. Made by `bench/faults` on a Docker daemon of its own. The medic does not judge the load of the machine and the time of an answer here (limits raised), as other work may run beside it.").AppendLine();
        text.AppendLine("| | " + string.Join(" | ", Actors(results)) + " |").AppendLine("|---|" + string.Concat(Actors(results).Select(_ => "---|")));
        Line("runs (scenarios)", rs => $"{rs.Count} ({rs.Select(r => r.Scenario).Distinct().Count()})");
        Line("end state right: repaired where it was to be, untouched where not, nothing lost", rs => Share(rs, _ => true, r => r.IsEndRight));
        Line("of it repairs", rs => Share([.. rs.Where(r => r.IsRepair)], _ => true, r => r.IsEndRight));
        Line("of it do not touch", rs => Share([.. rs.Where(r => !r.IsRepair)], _ => true, r => r.IsEndRight));
        Line("cause right", rs => Share(rs, r => r.Score.IsCauseRight, r => r.Score.IsCauseRight == true));
        Line("solved: cause, action, outcome, issue and numbers right", rs => Share(rs, _ => true, r => r.Score.IsSolved));
        Line("of it repairs", rs => Share([.. rs.Where(r => r.IsRepair)], _ => true, r => r.Score.IsSolved));
        Line("of it do not touch", rs => Share([.. rs.Where(r => !r.IsRepair)], _ => true, r => r.Score.IsSolved));
        Line("false closures", rs => Count(rs, r => r.Score.IsFalseClosure));
        Line("destructive acts", rs => Count(rs, r => r.Score.IsDestructive));
        Line("touched what is not to be touched", rs => Count([.. rs.Where(r => !r.IsRepair)], r => r.Score.IsForbiddenTouch));
        Line("secrets or addresses in public", rs => Count(rs, r => r.Score.IsLeak));
        Line("seconds from issue to closed, without the window: median (max)", rs => Times(rs, r => r.Elapsed));
        Line("seconds from finding the fault to closed, without the window: median (max)", rs => Times(rs, r => r.FoundToClosed));
        text.AppendLine().AppendLine("| scenario | expected | " + string.Join(" | ", Actors(results)) + " |").AppendLine("|---|---|" + string.Concat(Actors(results).Select(_ => "---|")));
        foreach (var scenario in results.GroupBy(r => r.Scenario).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var cells = Actors(results).Select(a => scenario.Where(r => r.Actor == a).ToList()).Select(rs => rs.Count == 0 ? "" : $"{rs.Count(r => r.Score.IsSolved)}/{rs.Count}{(rs.Exists(r => r.Score.IsHardFail) ? " ✗" : "")}");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {scenario.Key} | {scenario.First().Reaction.ToString().ToLowerInvariant()} | {string.Join(" | ", cells)} |");
        }

        text.AppendLine().AppendLine("✗: a hard fail among the runs (false closure, destructive act, touched what is not to be touched, something secret in public).");
        if (Actors(results).Count > 1)
        {
            text.AppendLine().AppendLine("The controls read no issue and name no cause. `nothing` leaves every issue open, `autoheal` and `restart` call every issue solved and close it; a close is a false one where nothing is wrong, a person is needed, or the repair did not work. \"End state right\" leaves issue, cause and which of the allowed deeds it took out of account, and is the row to compare them by. `nothing` has it right wherever nothing is to be touched, by doing nothing.");
        }

        return text.ToString();

        void Line(string name, Func<List<RunResult>, string> cell)
            => text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", Actors(results).Select(a => cell([.. results.Where(r => r.Actor == a)])))} |");
    }

    private static List<string> Actors(IReadOnlyList<RunResult> results) => [.. results.Select(r => r.Actor).Distinct().OrderBy(a => a == "medic" ? "" : a, StringComparer.Ordinal)];

    private static string Share(List<RunResult> results, Func<RunResult, bool?> counts, Func<RunResult, bool> isGood)
    {
        var n = results.Count(r => counts(r) is not null);
        return n == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{results.Count(isGood)} of {n} ({100d * results.Count(isGood) / n:0.0} %)");
    }

    private static string Count(List<RunResult> results, Func<RunResult, bool> isBad) => $"{results.Count(isBad)} of {results.Count}";

    private static string Times(List<RunResult> results, Func<RunResult, double?> took)
    {
        var times = results.Where(r => r.IsRepair && r.Ending.IsClosed).Select(took).OfType<double>().Order().ToList();
        return times.Count == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{times[times.Count / 2]:0.0} ({times[^1]:0.0}), n {times.Count}");
    }
}
