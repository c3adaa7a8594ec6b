using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Testing;

namespace FieldMedic.Tests;

/// <summary>Many closed incidents are watched by one sweep; only those that need it are taken up.</summary>
public sealed class WatchListTests
{
    private readonly Clinic _clinic = new();
    private readonly InterferingJournal _journal;
    private int _sweeps;

    public WatchListTests()
    {
        _journal = new InterferingJournal(_clinic.Store);
        _clinic.System.OnSweep = _ => _sweeps++;
    }

    [Fact]
    public async Task LookAfter_AllQuiet_TakesOneSweepAndReadsNoJournalAgain()
    {
        await CloseAsync(1, 2, 3);
        var medic = _clinic.Medic(_journal);
        await LookAsync(medic);
        (_sweeps, var reads) = (0, _journal.Reads);

        var results = await LookAsync(medic);

        results.ShouldBeEmpty();
        _sweeps.ShouldBe(1);
        (_journal.Reads - reads).ShouldBe(0);
    }

    [Fact]
    public async Task LookAfter_NothingIsWatched_TakesNoSweep()
    {
        (await LookAsync(_clinic.Medic())).ShouldBeEmpty();

        _sweeps.ShouldBe(0);
    }

    [Fact]
    public async Task LookAfter_ProblemIsBack_ReopensEveryIssueItHadClosed()
    {
        var issues = await CloseAsync(1, 2);
        var medic = _clinic.Medic(_journal);
        await LookAsync(medic);
        _clinic.System.Stop("worker");

        var results = await LookAsync(medic);

        results.Select(r => r.Outcome).ShouldBe([RunOutcome.Escalated, RunOutcome.Escalated]);
        issues.ShouldAllBe(i => _clinic.Tracker[i].IsOpen);
    }

    /// <summary>What one look saw does not count as a relapse: it is measured again under the lease.</summary>
    [Fact]
    public async Task LookAfter_ProblemIsGoneBeforeItIsTakenUp_IsNoRelapse()
    {
        var issues = await CloseAsync(1);
        var medic = _clinic.Medic(_journal);
        await LookAsync(medic);
        _clinic.System.Stop("worker");
        _clinic.System.OnSweep = system =>
        {
            if (++_sweeps > 1)
            {
                system.Start("worker");
            }
        };
        _sweeps = 0;

        var results = await LookAsync(medic);

        results.Single().Incident!.Stage.ShouldBe(IncidentStage.Watch);
        _clinic.Tracker[issues[0]].IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task LookAfter_TimeIsOver_EndsTheWatch()
    {
        await CloseAsync(1);
        var medic = _clinic.Medic(_journal);
        await LookAsync(medic);
        _clinic.Time.Advance(_clinic.System.Policy.Watch + TimeSpan.FromMinutes(1));

        var results = await LookAsync(medic);

        results.Single().Incident!.IsOver.ShouldBeTrue();
        (await LookAsync(medic)).ShouldBeEmpty();
    }

    /// <summary>A second process takes the system first: its incidents are nobody else's to end.</summary>
    [Fact]
    public async Task LookAfter_SomebodyElseHoldsTheSystem_LeavesItAlone()
    {
        await CloseAsync(1);
        _clinic.System.Stop("worker");
        await _clinic.Store.TryAcquireAsync("small", CancellationToken.None);

        (await LookAsync(_clinic.Medic())).Single().Outcome.ShouldBe(RunOutcome.Attached);
    }

    private Task<IReadOnlyList<RunResult>> LookAsync(Medic medic) => medic.LookAfterAsync(_clinic.Observer, CancellationToken.None);

    /// <summary>Each an incident of its own, repaired, closed and watched.</summary>
    private async Task<IReadOnlyList<IssueRef>> CloseAsync(params int[] numbers)
    {
        var issues = new List<IssueRef>();
        foreach (var number in numbers)
        {
            _clinic.System.Stop("worker");
            issues.Add(_clinic.Tracker.Open(number, "Sync stuck"));
            (await _clinic.SupportAsync(issues[^1])).Outcome.ShouldBe(RunOutcome.Closed);
        }

        return issues;
    }
}
