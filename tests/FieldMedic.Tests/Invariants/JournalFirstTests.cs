using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Systems;
using FieldMedic.Testing;

namespace FieldMedic.Tests.Invariants;

/// <summary>Invariant 2: no effect before its announcement is durable; no effect repeated before the world was looked at again.</summary>
public sealed class JournalFirstTests
{
    private readonly Clinic _clinic = new();

    public static IEnumerable<TheoryDataRow<string>> Refusals() => [new("broken"), new("taken for ever"), new("fenced")];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Remedy_AnnouncementIsNotDurable_HasNoEffect(string how)
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        var tries = 0;
        var journal = new InterferingJournal(_clinic.Store)
        {
            BeforeAppend = e => e is not IncidentEvent.ActionStarted ? null : how switch
            {
                "broken" => throw new JournalException("disk full"),
                "fenced" => AppendOutcome.Fenced,
                _ => ++tries > 50 ? throw new JournalException("gave up") : AppendOutcome.SequenceTaken,
            },
        };

        var result = await _clinic.SupportAsync(issue, journal: journal);

        result.Outcome.ShouldBe(RunOutcome.Failed);
        _clinic.System.Effects.ShouldBeEmpty();
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Remedy_AtTheEffect_AnnouncementStandsInTheStore()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        JournalEntry? last = null;
        _clinic.System.OnAction = (system, _) =>
        {
            last = _clinic.Store.All()[^1];
            system.Start("worker");
        };

        await _clinic.SupportAsync(issue);

        last!.Event.ShouldBeOfType<IncidentEvent.ActionStarted>().Action.Target.ShouldBe("worker-1");
    }

    [Fact]
    public async Task Support_CrashBetweenAnnouncementAndEffect_LooksThenActs()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        await CrashAsync(issue, e => e is IncidentEvent.ActionStarted, after: true);
        _clinic.System.Effects.ShouldBeEmpty();

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Closed);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);
        LookedBetweenAnnouncements();
        result.Incident!.Actions.Select(a => a.Succeeded).ShouldBe([null, true]);
    }

    [Fact]
    public async Task Support_CrashBetweenEffectAndOutcome_LooksAndDoesNotRepeat()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        await CrashAsync(issue, e => e is IncidentEvent.ActionFinished, after: false);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Closed);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);
        LookedBetweenAnnouncements();
    }

    [Fact]
    public async Task Support_CrashAfterEffectAndBlindSince_NeverCloses()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        await CrashAsync(issue, e => e is IncidentEvent.ActionFinished, after: false);
        _clinic.System["worker.running"] = ObservedValue.Unknown("timed out");

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Escalated);
        result.Incident!.Verified!.Verdict.ShouldBe(Verdict.Unverifiable);
        _clinic.System.Effects.Count.ShouldBe(1);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Support_StoreBreaksMidway_StopsAndGoesOnWhenItIsBack()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        _clinic.Observer.OnAppended = (_, e) => _clinic.Store.Broken = e is IncidentEvent.ActionFinished ? "disk full" : null;
        var broken = await _clinic.SupportAsync(issue);
        _clinic.Store.Broken = null;
        _clinic.Store.HolderDies();
        _clinic.Observer.OnAppended = null;

        var result = await _clinic.SupportAsync(issue);

        broken.Outcome.ShouldBe(RunOutcome.Failed);
        result.Outcome.ShouldBe(RunOutcome.Closed);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);
        _clinic.Tracker[issue].Comments.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Remedy_ActionFailsInEveryWay_IsRecordedAsFailed()
    {
        foreach (var execute in new Func<Task<ActionResult>>[]
        {
            () => throw new InvalidOperationException("thrown at once"),
            () => Task.FromException<ActionResult>(new IOException("thrown later")),
            () => Task.FromException<ActionResult>(new TaskCanceledException("a client's own time-out")),
            () => Task.FromResult<ActionResult>(null!),
        })
        {
            var clinic = new Clinic();
            clinic.System.Stop("worker");
            foreach (var remedy in new[] { "start", "recreate" })
            {
                clinic.System.MoreActions[remedy] = new DelegatingAction(remedy, () => ActionTargets.Of(["worker-1"]), (_, _) => execute());
            }

            var result = await clinic.SupportAsync(clinic.Tracker.Open(1, "Sync stuck"));

            result.Incident!.Report!.Escalation.ShouldBe(EscalationReason.RemediesExhausted);
            result.Incident.Actions.ShouldAllBe(a => a.Succeeded == false);
        }
    }

    [Theory]
    [InlineData("done")]
    [InlineData("done later")]
    [InlineData("never arrived")]
    public async Task Remedy_ConnectionBreaksInTheAction_LooksAgainAndDoesItOnce(string what)
    {
        _clinic.System.Stop("worker");
        var calls = new List<DateTimeOffset>();
        _clinic.System.MoreActions["start"] = new DelegatingAction("start", () => ActionTargets.Of(["worker-1"]), (_, _) =>
        {
            calls.Add(_clinic.Time.GetUtcNow());
            if (what == "done" || calls.Count > 1)
            {
                _clinic.System.Start("worker");
            }
            else if (what == "done later")
            {
                _ = _clinic.Time.CreateTimer(_ => _clinic.System.Start("worker"), null, TimeSpan.FromSeconds(8), Timeout.InfiniteTimeSpan);
            }

            return calls.Count > 1 ? Task.FromResult(new ActionResult(true, "started")) : throw new OutcomeUnknownException("the connection broke");
        });

        var result = await _clinic.SupportAsync(_clinic.Tracker.Open(1, "Sync stuck"));

        result.Outcome.ShouldBe(RunOutcome.Closed);
        result.Incident!.Actions.Select(a => a.Succeeded).ShouldBe(what == "never arrived" ? [null, true] : [(bool?)null]);
        result.Incident.Actions[0].Detail.ShouldBe("outcome unknown: the connection broke");
        if (what == "never arrived")
        {
            (calls[1] - calls[0]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(60), "the action's budget");
        }
    }

    private async Task CrashAsync(IssueRef issue, Func<IncidentEvent, bool> when, bool after)
    {
        var journal = new InterferingJournal(_clinic.Store) { BeforeAppend = e => !after && when(e) ? throw new CrashingJournal.CrashException() : null };
        _clinic.Observer.OnAppended = (_, e) =>
        {
            if (after && when(e))
            {
                throw new CrashingJournal.CrashException();
            }
        };
        await Should.ThrowAsync<CrashingJournal.CrashException>(() => _clinic.SupportAsync(issue, journal: journal));
        _clinic.Observer.OnAppended = null;
        _clinic.Store.HolderDies();
    }

    private void LookedBetweenAnnouncements()
    {
        var hasLooked = true;
        foreach (var happened in _clinic.Store.All().Select(e => e.Event))
        {
            if (happened is IncidentEvent.ActionStarted)
            {
                hasLooked.ShouldBeTrue("an action was announced without looking since the last one");
            }

            hasLooked = happened is IncidentEvent.Diagnosed || (hasLooked && happened is not IncidentEvent.ActionStarted);
        }
    }
}
