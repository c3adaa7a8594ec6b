using FieldMedic.Testing;

namespace FieldMedic.Tests.Invariants;

/// <summary>Invariant 2, driven: whatever the boundary at which the process dies, running again gives one outcome, one comment, one repair.</summary>
public sealed class CrashAtEveryBoundaryTests
{
    private const int MoreThanAnyRunAppends = 60;

    public static IEnumerable<TheoryDataRow<string, bool>> Scenarios()
        => from scenario in CrashScenario.All from after in new[] { false, true } select new TheoryDataRow<string, bool>(scenario.Name, after);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Support_OneCrashAnywhere_EndsAsWithoutIt(string name, bool after)
    {
        var scenario = CrashScenario.All.Single(s => s.Name == name);
        var boundaries = 0;
        for (var append = 1; append < MoreThanAnyRunAppends; append++)
        {
            var clinic = new Clinic();
            scenario.Break(clinic.System);
            var issue = clinic.Tracker.Open(1, scenario.Title);
            if (!await CrashesAsync(clinic, issue, scenario, append, after))
            {
                break;
            }

            boundaries++;
            Check(clinic, issue, scenario, await clinic.SupportAsync(issue, scenario.Options), $"crash {(after ? "after" : "before")} append {append}");
        }

        boundaries.ShouldBeGreaterThan(4);
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Support_CrashAgainAndAgain_EndsAsWithoutIt(string name, bool after)
    {
        var scenario = CrashScenario.All.Single(s => s.Name == name);
        var clinic = new Clinic();
        scenario.Break(clinic.System);
        var issue = clinic.Tracker.Open(1, scenario.Title);

        // Each process gets a little further than the one before; a crash before the effect is known costs no second effect.
        for (var append = 1; append < MoreThanAnyRunAppends && await CrashesAsync(clinic, issue, scenario, append, after); append++)
        {
        }

        Check(clinic, issue, scenario, await clinic.SupportAsync(issue, scenario.Options), "repeated crashes");
    }

    private static async Task<bool> CrashesAsync(Clinic clinic, Incidents.IssueRef issue, CrashScenario scenario, int append, bool after)
    {
        try
        {
            await clinic.SupportAsync(issue, scenario.Options, new CrashingJournal(clinic.Store, append, after));
            return false;
        }
        catch (CrashingJournal.CrashException)
        {
            clinic.Store.HolderDies();
            return true;
        }
    }

    private static void Check(Clinic clinic, Incidents.IssueRef issue, CrashScenario scenario, RunResult result, string where)
    {
        var ends = scenario.Outcome is RunOutcome.Closed or RunOutcome.Answered;
        string.Join(", ", clinic.System.Effects).ShouldBe(string.Join(", ", scenario.Effects), where);
        clinic.Tracker[issue].Comments.Count.ShouldBe(1, where);
        clinic.Tracker[issue].IsOpen.ShouldBe(!ends, where);
        clinic.Tracker.Writes.Count(w => w == "close 1").ShouldBe(ends ? 1 : 0, where);
        result.Outcome.ShouldBe(scenario.Outcome, where);
        var sequences = clinic.Store.All().GroupBy(e => e.Incident).Select(g => g.Select(e => e.Sequence).ToList());
        foreach (var sequence in sequences)
        {
            sequence.Order().SequenceEqual(Enumerable.Range(1, sequence.Count).Select(i => (long)i)).ShouldBeTrue(where);
        }
    }
}
