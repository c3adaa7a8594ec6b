using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Testing;

namespace FieldMedic.Tests.Invariants;

/// <summary>Invariant 5: each limit, once reached, is recorded as a refusal and nothing happens, in Decide and in the executor alike.</summary>
public sealed class LimitsTests
{
    private readonly Clinic _clinic = new();

    [Fact]
    public async Task Support_WithinCooldown_RefusesAndActsNot()
        => await RefusedOnSecondRunAsync(EscalationReason.LimitReached, () => _clinic.System.Policy = _clinic.System.Policy with { Cooldown = TimeSpan.FromHours(1) });

    [Fact]
    public async Task Support_AttemptsPerWindowUsed_RefusesAndActsNot()
        => await RefusedOnSecondRunAsync(EscalationReason.LimitReached, () => _clinic.System.Policy = _clinic.System.Policy with { RemedyAttempts = 1 });

    [Fact]
    public async Task Support_RemedysOwnAttemptsUsed_RefusesAndActsNot()
        => await RefusedOnSecondRunAsync(EscalationReason.LimitReached, () => _clinic.System.Adjust = pack => pack with
        {
            Remedies = pack.Remedies.ToDictionary(r => r.Key, r => r.Value with { Attempts = 1 }),
        });

    [Fact]
    public async Task Support_HourlyCapUsed_RefusesAndActsNot()
        => await RefusedOnSecondRunAsync(EscalationReason.LimitReached, () => _clinic.System.Policy = _clinic.System.Policy with { ActionsPerHour = 1 });

    [Fact]
    public async Task Support_KillSwitch_RefusesAndActsNot()
        => await RefusedOnSecondRunAsync(EscalationReason.Paused, () => _clinic.Store.PauseAsync("small", "operator", CancellationToken.None));

    [Fact]
    public async Task Support_KillSwitchForEverything_RefusesAndActsNot()
        => await RefusedOnSecondRunAsync(EscalationReason.Paused, () => _clinic.Store.PauseAsync("*", "operator", CancellationToken.None));

    [Fact]
    public async Task Support_AfterFailuresInARow_BreakerRefuses()
    {
        _clinic.System.Policy = _clinic.System.Policy with { BreakerFailures = 2, Cooldown = TimeSpan.Zero };
        _clinic.System.Stop("worker");
        _clinic.System.OnAction = (_, _) => { };
        await _clinic.SupportAsync(_clinic.Tracker.Open(1, "Sync stuck"));
        var effects = _clinic.System.Effects.Count;

        var result = await _clinic.SupportAsync(_clinic.Tracker.Open(2, "Sync stuck"));

        result.Incident!.Report!.Escalation.ShouldBe(EscalationReason.BreakerOpen);
        _clinic.System.Effects.Count.ShouldBe(effects);
    }

    [Fact]
    public async Task Support_TooManySick_KeepsHandsOff()
    {
        _clinic.System.Policy = _clinic.System.Policy with { MaxSickServices = 2 };
        _clinic.System.Stop("db");
        _clinic.System.Stop("worker");
        _clinic.System.Stop("web");

        await EscalatesWithoutEffectAsync(EscalationReason.TooManySick);
    }

    [Fact]
    public async Task Support_LimitUnreadable_RefusesAndActsNot()
    {
        _clinic.System.Stop("worker");
        var journal = new InterferingJournal(_clinic.Store) { BeforeLimits = () => throw new JournalException("locked") };

        await EscalatesWithoutEffectAsync(EscalationReason.LimitUnreadable, journal);
    }

    [Fact]
    public async Task Support_LimitFailsInAnUnforeseenWay_RefusesToo()
    {
        _clinic.System.Stop("worker");
        var journal = new InterferingJournal(_clinic.Store) { BeforeLimits = () => throw new InvalidOperationException("surprise") };

        await EscalatesWithoutEffectAsync(EscalationReason.LimitUnreadable, journal);
    }

    [Fact]
    public async Task Remedy_PausedBetweenDecideAndRemedy_ExecutorRefuses()
    {
        _clinic.System.Stop("worker");
        _clinic.Observer.OnAppended = (_, e) =>
        {
            if (e is IncidentEvent.Decided { Decision: Decision.Fix })
            {
                _clinic.Store.PauseAsync("small", "operator", CancellationToken.None);
            }
        };

        await EscalatesWithoutEffectAsync(EscalationReason.Paused);

        _clinic.Observer.Events.OfType<IncidentEvent.ActionRefused>().Single().Reason.ShouldBe(EscalationReason.Paused);
        _clinic.Observer.Events.ShouldNotContain(e => e is IncidentEvent.ActionStarted);
    }

    [Fact]
    public async Task Remedy_LimitUnreadableOnlyInExecutor_ExecutorRefuses()
    {
        _clinic.System.Stop("worker");
        var journal = new InterferingJournal(_clinic.Store);
        _clinic.Observer.OnAppended = (_, e) =>
        {
            if (e is IncidentEvent.Decided)
            {
                journal.BeforeLimits = () => throw new JournalException("locked");
            }
        };

        await EscalatesWithoutEffectAsync(EscalationReason.LimitUnreadable, journal);

        _clinic.Observer.Events.OfType<IncidentEvent.ActionRefused>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Remedy_CapReachedBetweenTwoTargets_SecondIsRefused()
    {
        _clinic.System.Policy = _clinic.System.Policy with { ActionsPerHour = 1 };
        _clinic.System["worker.desired"] = ObservedValue.Of(2);
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");

        var result = await _clinic.SupportAsync(issue);

        result.Incident!.Report!.Escalation.ShouldBe(EscalationReason.LimitReached);
        _clinic.System.Effects.ShouldBe(["start worker-1"]);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
    }

    private async Task RefusedOnSecondRunAsync(EscalationReason reason, Action limit)
    {
        _clinic.System.Stop("worker");
        (await _clinic.SupportAsync(_clinic.Tracker.Open(9, "Sync stuck"))).Outcome.ShouldBe(RunOutcome.Closed);
        _clinic.System.Effects.Clear();
        _clinic.System.Stop("worker");
        limit();

        await EscalatesWithoutEffectAsync(reason);
    }

    private async Task EscalatesWithoutEffectAsync(EscalationReason reason, IJournal? journal = null)
    {
        var issue = _clinic.Tracker.Open(1, "Sync stuck");

        var result = await _clinic.SupportAsync(issue, journal: journal);

        result.Incident!.Report!.Escalation.ShouldBe(reason);
        _clinic.Store.All().Select(e => e.Event).OfType<IncidentEvent.Escalated>().Last().Reason.ShouldBe(reason);
        _clinic.System.Effects.ShouldBeEmpty();
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
    }
}
