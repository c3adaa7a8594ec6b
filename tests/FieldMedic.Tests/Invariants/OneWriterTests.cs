using FieldMedic.Incidents;
using FieldMedic.Testing;

namespace FieldMedic.Tests.Invariants;

/// <summary>Invariant 5: one writer per system, whoever else runs; the others get the answer, not a second repair.</summary>
public sealed class OneWriterTests
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    // Those who wait must not drive the clock, or it would run away from the one who works.
    private readonly Clinic _clinic = new(new LeapingTime(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(500)));

    [Fact]
    public async Task Support_TwiceAtOnceOnOneIssue_RepairsOnce()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");

        var results = await AtOnceAsync(issue, issue);

        results.ShouldAllBe(r => r.Outcome == RunOutcome.Closed || r.Outcome == RunOutcome.Attached);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);
        _clinic.Tracker[issue].Comments.Count.ShouldBe(1);
        _clinic.Tracker.Writes.Count(w => w == "close 1").ShouldBe(1);
    }

    [Fact]
    public async Task Support_AtOnceOnTwoIssues_RepairsOnceAndAnswersBoth()
    {
        _clinic.System.Stop("worker");
        var first = _clinic.Tracker.Open(1, "Sync stuck");
        var second = _clinic.Tracker.Open(2, "Everything is down");

        (await JoinAsync(first, second)).Select(r => r.Outcome).ShouldBe([RunOutcome.Closed, RunOutcome.Attached]);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);
        foreach (var issue in new[] { first, second })
        {
            _clinic.Tracker[issue].IsOpen.ShouldBeFalse();
            _clinic.Tracker[issue].Comments.Single().Body.ShouldContain("✅ Resolved");
        }
    }

    [Theory]
    [InlineData("Everything is down", true)]
    [InlineData("I cannot login", false)]
    public async Task Support_JoinedIssue_IsLinkedToTheFirstAndEndsByWhatItSays(string title, bool isExplained)
    {
        _clinic.System.Stop("worker");
        var first = _clinic.Tracker.Open(1, "Sync stuck");
        var second = _clinic.Tracker.Open(2, title);
        var linked = new TaskCompletionSource<string>();
        _clinic.Tracker.Wrote = (issue, body) =>
        {
            if (issue == second)
            {
                linked.TrySetResult(body);
            }
        };
        // The work is over only when the link stands there.
        _clinic.Observer.OnAppended = (_, e) =>
        {
            if (e is IncidentEvent.Stabilized)
            {
                linked.Task.GetAwaiter().GetResult();
            }
        };

        await JoinAsync(first, second);

        (await linked.Task).ShouldContain("How it goes stands on example/field#1.");
        _clinic.Tracker[second].IsOpen.ShouldBe(!isExplained);
        _clinic.Tracker[second].Comments.Single().Body.ShouldContain("Worked on together with example/field#1");
        _clinic.Tracker[first].Comments.Single().Body.ShouldNotContain("Worked on together");
        _clinic.Tracker[first].IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task Support_ManyAtOnce_RepairsOnceAndAnswersAll()
    {
        _clinic.System.Stop("worker");
        var issues = Enumerable.Range(1, 8).Select(n => _clinic.Tracker.Open(n, "Sync stuck")).ToArray();

        await AtOnceAsync(issues);

        _clinic.System.Effects.ShouldBe(["start worker-1"]);
        issues.ShouldAllBe(i => _clinic.Tracker[i].Comments.Count == 1);
    }

    [Fact]
    public async Task Support_LeaseTakenOverBeforeTheEffect_ZombieDoesNothing()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        _clinic.Observer.OnAppended = (_, e) =>
        {
            if (e is IncidentEvent.ActionStarted)
            {
                TakeOver();
            }
        };

        var zombie = await _clinic.SupportAsync(issue);

        zombie.Outcome.ShouldBe(RunOutcome.Failed);
        _clinic.System.Effects.ShouldBeEmpty();
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Support_LeaseTakenOverWhileWatching_ZombieNeitherRecordsNorCloses()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        long known = 0;
        _clinic.Observer.OnAppended = (_, e) =>
        {
            if (e is IncidentEvent.ActionFinished)
            {
                TakeOver();
                known = _clinic.Store.All().Count;
            }
        };

        var zombie = await _clinic.SupportAsync(issue);

        zombie.Outcome.ShouldBe(RunOutcome.Failed);
        _clinic.Store.All().Count.ShouldBe((int)known);
        _clinic.Tracker.Writes.ShouldNotContain("close 1");
    }

    [Fact]
    public async Task Support_ForeignPlanWaits_ApprovalIsNotMeantForIt()
    {
        _clinic.System.Policy = _clinic.System.Policy with { Autonomy = Packs.Autonomy.Approve };
        _clinic.System.Stop("worker");
        await _clinic.Medic().RemediateAsync("worker_down", null, new RunOptions(), _clinic.Observer, CancellationToken.None);

        await _clinic.SupportAsync(_clinic.Tracker.Open(1, "hmm"), new RunOptions { ApprovedBy = "operator" });

        _clinic.Store.All().Select(e => (e.Incident, e.Event)).GroupBy(e => e.Incident).First()
            .ShouldNotContain(e => e.Event is IncidentEvent.ApprovalGiven);
    }

    [Fact]
    public async Task Support_ApprovedRungFails_NextRungWaitsForItsOwnApproval()
    {
        _clinic.System.Policy = _clinic.System.Policy with { Autonomy = Packs.Autonomy.Approve };
        _clinic.System.Stop("worker");
        _clinic.System.OnAction = (_, _) => { };
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        await _clinic.SupportAsync(issue);

        var result = await _clinic.SupportAsync(issue, new RunOptions { ApprovedBy = "operator" });

        _clinic.System.Effects.ShouldBe(["start worker-1"]);
        result.Decision.ShouldBeOfType<Decision.AwaitApproval>().Plan.Remedy.ShouldBe("recreate");
    }

    /// <summary>The second arrives while the first is in the middle of the repair, which ends only when it has joined.</summary>
    private async Task<RunResult[]> JoinAsync(IssueRef first, IssueRef second)
    {
        var entered = new TaskCompletionSource();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _clinic.System.MoreActions["start"] = new DelegatingAction("start", () => Systems.ActionTargets.Of(["worker-1"]), async (action, _) =>
        {
            _clinic.System.Effects.Enqueue($"start {action.Target}");
            entered.SetResult();
            await goOn.Task;
            _clinic.System.Start("worker");
            return new Systems.ActionResult(true, "started");
        });

        var one = Task.Run(() => _clinic.SupportAsync(first));
        await entered.Task;
        _clinic.Store.Appended = e =>
        {
            if (e.Event is IncidentEvent.IssueAttached)
            {
                goOn.TrySetResult();
            }
        };
        var two = Task.Run(() => _clinic.SupportAsync(second));

        return await AllAsync(one, two);
    }

    private void TakeOver()
    {
        _clinic.Store.HolderDies();
        _clinic.Store.TryAcquireAsync("small", CancellationToken.None);
    }

    private Task<RunResult[]> AtOnceAsync(params IssueRef[] issues)
        => AllAsync([.. issues.Select(i => Task.Run(() => _clinic.SupportAsync(i)))]);

    /// <summary>Lets those who wait look again, at a pace that leaves the one who works in front.</summary>
    private async Task<RunResult[]> AllAsync(params Task<RunResult>[] runs)
    {
        var all = Task.WhenAll(runs);
        while (await Task.WhenAny(all, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None)) != all)
        {
            _clinic.Time.Advance(LookAgain);
        }

        return await all;
    }
}
