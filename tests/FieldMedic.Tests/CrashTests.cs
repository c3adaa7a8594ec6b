using FieldMedic.Testing;

namespace FieldMedic.Tests;

public sealed class CrashTests
{
    public static IEnumerable<TheoryDataRow<int, bool>> Boundaries()
        => from append in Enumerable.Range(1, 11) from after in new[] { false, true } select new TheoryDataRow<int, bool>(append, after);

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Support_CrashAtEventBoundary_FinishesOnceOnRerun(int append, bool after)
    {
        var clinic = new Clinic();
        clinic.System.Stop("worker");
        var issue = clinic.Tracker.Open(1, "Sync stuck");

        await Should.ThrowAsync<CrashingJournal.CrashException>(() => clinic.SupportAsync(issue, journal: new CrashingJournal(clinic.Store, append, after)));
        clinic.Store.HolderDies();
        var result = await clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Closed);
        clinic.System.Effects.ShouldBe(["start worker-1"]);
        clinic.Tracker[issue].Comments.Count.ShouldBe(1);
        clinic.Tracker.Writes.Count(w => w == "close 1").ShouldBe(1);
        clinic.Store.All().Select(e => e.Incident).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Support_ActionOfTheDeadProcessIsStillUnderWay_IsNotDoneAgain()
    {
        var clinic = new Clinic();
        clinic.System.Stop("worker");
        clinic.System.OnAction = (_, _) => { };
        var issue = clinic.Tracker.Open(1, "Sync stuck");

        // opened, diagnosed, decided, started; it dies before the end of the action is recorded.
        await Should.ThrowAsync<CrashingJournal.CrashException>(() => clinic.SupportAsync(issue, journal: new CrashingJournal(clinic.Store, 5, afterAppend: false)));
        clinic.Store.HolderDies();
        var sweeps = 0;
        clinic.System.OnSweep = system =>
        {
            if (++sweeps == 4)
            {
                system.Start("worker");
            }
        };
        var result = await clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Closed);
        clinic.System.Effects.ShouldBe(["start worker-1"]);
    }
}
