using FieldMedic.Incidents;
using FieldMedic.Journal;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace FieldMedic.Compliance;

/// <summary>What every journal must do. Each store derives from it, the one in memory too.</summary>
public abstract class JournalCompliance
{
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));

    protected abstract Task<(IJournal Journal, ISystemLocks Locks)> OpenAsync();

    /// <summary>Time goes by for the store: the test's clock is set forward, or what is stored grows older where the store has a clock of its own.</summary>
    protected virtual Task PassAsync(TimeSpan span)
    {
        Time.Advance(span);
        return Task.CompletedTask;
    }

    /// <summary>The store's own clock.</summary>
    protected virtual Task<DateTimeOffset> NowAsync() => Task.FromResult(Time.GetUtcNow());

    private static readonly IssueRef Issue = new("example/field", 7);
    private static readonly PlannedAction Action = new("start", "docker.start", "worker", "worker-1", "low", TimeSpan.FromSeconds(60));
    private static readonly IncidentEvent.IncidentOpened Opened = new("sys", Issue, new Complaint(["sync_stuck"], ["sync stuck"]));
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_ThenRead_GivesEqualEvents()
    {
        var (journal, _) = await OpenAsync();
        var id = IncidentId.New(Time);
        var before = await NowAsync();

        (await journal.AppendAsync(id, 1, Opened, null, Token)).ShouldBe(AppendOutcome.Appended);
        (await journal.AppendAsync(id, 2, new IncidentEvent.ActionStarted(Action), null, Token)).ShouldBe(AppendOutcome.Appended);

        var entries = await journal.ReadAsync(id, Token);
        entries.Select(e => e.Sequence).ShouldBe([1, 2]);
        entries[0].Event.ShouldBe(Opened);
        entries[0].At.ShouldBeInRange(before, await NowAsync());
        entries[1].Event.ShouldBe(new IncidentEvent.ActionStarted(Action));
    }

    [Fact]
    public async Task Append_SequenceTaken_IsRefusedAndChangesNothing()
    {
        var (journal, _) = await OpenAsync();
        var id = IncidentId.New(Time);
        await journal.AppendAsync(id, 1, Opened, null, Token);

        (await journal.AppendAsync(id, 1, new IncidentEvent.ApprovalGiven("x"), null, Token)).ShouldBe(AppendOutcome.SequenceTaken);

        (await journal.ReadAsync(id, Token)).Single().Event.ShouldBe(Opened);
    }

    [Fact]
    public async Task Append_Gap_Throws()
    {
        var (journal, _) = await OpenAsync();
        var id = IncidentId.New(Time);
        await journal.AppendAsync(id, 1, Opened, null, Token);

        await Should.ThrowAsync<JournalException>(() => journal.AppendAsync(id, 3, new IncidentEvent.ApprovalGiven("x"), null, Token));
    }

    [Fact]
    public async Task Append_ManyAtOnce_OneWinsEachSequence()
    {
        var (journal, _) = await OpenAsync();
        var id = IncidentId.New(Time);
        await journal.AppendAsync(id, 1, Opened, null, Token);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => journal.AppendAsync(id, 2, new IncidentEvent.ApprovalGiven($"p{i}"), null, Token))));

        outcomes.Count(o => o == AppendOutcome.Appended).ShouldBe(1);
        outcomes.Count(o => o == AppendOutcome.SequenceTaken).ShouldBe(15);
        (await journal.ReadAsync(id, Token)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Append_WithNewestLease_IsAccepted()
    {
        var (journal, locks) = await OpenAsync();
        var lease = await locks.TryAcquireAsync("sys", Token);

        (await journal.AppendAsync(IncidentId.New(Time), 1, Opened, lease, Token)).ShouldBe(AppendOutcome.Appended);
    }

    [Fact]
    public async Task Append_WithOlderFence_IsFenced()
    {
        var (journal, locks) = await OpenAsync();
        var zombie = await locks.TryAcquireAsync("sys", Token);
        await PassAsync(TimeSpan.FromHours(1));
        (await locks.TryAcquireAsync("sys", Token)).ShouldNotBeNull();
        var id = IncidentId.New(Time);

        (await journal.AppendAsync(id, 1, Opened, zombie, Token)).ShouldBe(AppendOutcome.Fenced);

        (await journal.ReadAsync(id, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Append_WithExpiredLease_IsFenced()
    {
        var (journal, locks) = await OpenAsync();
        var lease = await locks.TryAcquireAsync("sys", Token);
        await PassAsync(TimeSpan.FromHours(1));

        (await journal.AppendAsync(IncidentId.New(Time), 1, Opened, lease, Token)).ShouldBe(AppendOutcome.Fenced);
    }

    [Fact]
    public async Task Append_WithReleasedLease_IsFenced()
    {
        var (journal, locks) = await OpenAsync();
        var lease = (await locks.TryAcquireAsync("sys", Token))!;
        await locks.ReleaseAsync(lease, Token);

        (await journal.AppendAsync(IncidentId.New(Time), 1, Opened, lease, Token)).ShouldBe(AppendOutcome.Fenced);
    }

    [Fact]
    public async Task Append_ToAnIncidentThatWasNeverOpened_Throws()
    {
        var (journal, _) = await OpenAsync();
        var id = IncidentId.New(Time);

        await Should.ThrowAsync<JournalException>(() => journal.AppendAsync(id, 1, new IncidentEvent.ApprovalGiven("x"), null, Token));

        (await journal.ReadAsync(id, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Append_TextOfAnyKind_ComesBackUnchanged()
    {
        const string Text = "quote ' \" \\ $1 @p :x {0} newline\n tab\t nul\0 bell\a ö 漢 🚑 ; DROP TABLE events; --";
        var (journal, _) = await OpenAsync();
        var id = IncidentId.New(Time);
        var action = Action with { Target = Text };
        await journal.AppendAsync(id, 1, Opened, null, Token);
        await journal.AppendAsync(id, 2, new IncidentEvent.ActionStarted(action), null, Token);
        await journal.AppendAsync(id, 3, new IncidentEvent.ActionFinished(action, false, Text, TimeSpan.Zero), null, Token);

        (await journal.ReadAsync(id, Token))[2].Event.ShouldBe(new IncidentEvent.ActionFinished(action, false, Text, TimeSpan.Zero));
        var row = (await journal.ActionsAsync("sys", DateTimeOffset.UnixEpoch, Token)).Single();
        (row.Target, row.Details).ShouldBe((Text, Text));
    }

    [Fact]
    public async Task List_Limit_GivesTheNewest()
    {
        var (journal, _) = await OpenAsync();
        var ids = new List<IncidentId>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(IncidentId.New(Time));
            await journal.AppendAsync(ids[i], 1, Opened, null, Token);
            await PassAsync(TimeSpan.FromSeconds(1));
        }

        (await journal.ListAsync("sys", null, 2, Token)).Select(h => h.Id).ShouldBe([ids[3], ids[2]]);
    }

    [Fact]
    public async Task List_FollowsLifecycleAndIssues()
    {
        var (journal, _) = await OpenAsync();
        var id = IncidentId.New(Time);
        var other = new IssueRef("example/field", 8);
        await journal.AppendAsync(id, 1, Opened, null, Token);
        await journal.AppendAsync(id, 2, new IncidentEvent.IssueAttached(other, Complaint.None), null, Token);

        var active = (await journal.ListAsync("sys", [IncidentLifecycle.Active], 10, Token)).Single();
        await journal.AppendAsync(id, 3, new IncidentEvent.WatchStarted(Time.GetUtcNow()), null, Token);
        await journal.AppendAsync(id, 4, new IncidentEvent.IncidentEnded(IncidentOutcome.Closed), null, Token);

        active.Issues.ShouldBe([Issue, other]);
        (await journal.ListAsync("sys", [IncidentLifecycle.Active, IncidentLifecycle.Watching], 10, Token)).ShouldBeEmpty();
        (await journal.ListAsync(null, null, 10, Token)).Single().Lifecycle.ShouldBe(IncidentLifecycle.Over);
        (await journal.ListAsync("another", null, 10, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task OfIssue_GivesItsIncidentsNewestFirst_AndNoOthers()
    {
        var (journal, _) = await OpenAsync();
        var (first, second, other, elsewhere) = (IncidentId.New(Time), IncidentId.New(Time), IncidentId.New(Time), IncidentId.New(Time));
        await journal.AppendAsync(first, 1, Opened, null, Token);
        await PassAsync(TimeSpan.FromSeconds(1));
        await journal.AppendAsync(other, 1, Opened with { Issue = Issue with { Number = 8 } }, null, Token);
        await journal.AppendAsync(second, 1, Opened with { Issue = Issue with { Number = 9 } }, null, Token);
        await journal.AppendAsync(second, 2, new IncidentEvent.IssueAttached(Issue, Complaint.None), null, Token);
        await journal.AppendAsync(elsewhere, 1, Opened with { System = "another" }, null, Token);

        (await journal.OfIssueAsync("sys", Issue, Token)).Select(h => h.Id).ShouldBe([second, first]);
        (await journal.OfIssueAsync("sys", Issue, Token))[0].Issues.ShouldBe([Issue, Issue with { Number = 9 }], ignoreOrder: true);
        (await journal.OfIssueAsync("sys", Issue with { Repository = "example/another" }, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Changed_SinceATime_IsWhatWasWrittenToThenLongestUnchangedFirst()
    {
        var (journal, _) = await OpenAsync();
        var ids = new List<IncidentId>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add(IncidentId.New(Time));
            await journal.AppendAsync(ids[i], 1, Opened, null, Token);
            await PassAsync(TimeSpan.FromSeconds(1));
        }

        await journal.AppendAsync(ids[0], 2, new IncidentEvent.WatchStarted(Time.GetUtcNow()), null, Token);
        var newest = (await journal.ListAsync("sys", null, 10, Token)).ToDictionary(h => h.Id);

        var changed = await journal.ChangedAsync("sys", newest[ids[2]].LastAt, Token);

        changed.Select(h => h.Id).ShouldBe([ids[2], ids[0]]);
        changed[1].ShouldSatisfyAllConditions(h => h.Lifecycle.ShouldBe(IncidentLifecycle.Watching), h => h.Issues.ShouldBe([Issue]));
        (await journal.ChangedAsync("sys", newest[ids[0]].LastAt.AddSeconds(1), Token)).ShouldBeEmpty();
        (await journal.ChangedAsync("another", DateTimeOffset.UnixEpoch, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Actions_AreAViewOverEvents()
    {
        var (journal, _) = await OpenAsync();
        var id = IncidentId.New(Time);
        var second = Action with { Target = "worker-2" };
        var third = Action with { Target = "worker-3" };
        IncidentEvent[] events =
        [
            Opened,
            new IncidentEvent.ActionStarted(Action),
            new IncidentEvent.ActionFinished(Action, true, "started", TimeSpan.FromSeconds(1)),
            new IncidentEvent.ActionStarted(second),
            new IncidentEvent.ActionFinished(second, false, "no such container", TimeSpan.FromSeconds(1)),
            new IncidentEvent.ActionStarted(third),
            new IncidentEvent.FlowResumed(IncidentStage.Remedy),
        ];
        for (var i = 0; i < events.Length; i++)
        {
            await journal.AppendAsync(id, i + 1, events[i], null, Token);
        }

        var rows = await journal.ActionsAsync("sys", DateTimeOffset.UnixEpoch, Token);

        rows.Select(r => (r.Target, r.Succeeded)).ShouldBe([("worker-1", true), ("worker-2", false), ("worker-3", (bool?)null)]);
        rows[1].Details.ShouldBe("no such container");
        (await journal.ActionsAsync("sys", await NowAsync() + TimeSpan.FromSeconds(1), Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Verdicts_AreReadInOrder()
    {
        var (journal, _) = await OpenAsync();
        var id = IncidentId.New(Time);
        await journal.AppendAsync(id, 1, Opened, null, Token);
        await journal.AppendAsync(id, 2, new IncidentEvent.Verified(Verdict.NotResolved, "still", Snapshot.Empty, [], null), null, Token);
        await PassAsync(TimeSpan.FromSeconds(5));
        await journal.AppendAsync(id, 3, new IncidentEvent.Verified(Verdict.Unverifiable, "gone", Snapshot.Empty, [], null), null, Token);

        (await journal.VerdictsAsync("sys", DateTimeOffset.UnixEpoch, Token)).ShouldBe([Verdict.NotResolved, Verdict.Unverifiable]);
    }

    [Fact]
    public async Task LookingBack_OnOneSystem_SeesWhatIsYoungEvenInOldIncidentsAndNothingOfOthers()
    {
        var (journal, _) = await OpenAsync();
        var (old, stale, other) = (new IncidentId("INC-old"), new IncidentId("INC-stale"), new IncidentId("INC-other"));
        var verified = new IncidentEvent.Verified(Verdict.NotResolved, "still", Snapshot.Empty, [], null);
        await journal.AppendAsync(old, 1, Opened, null, Token);
        await journal.AppendAsync(stale, 1, Opened, null, Token);
        await journal.AppendAsync(stale, 2, new IncidentEvent.ActionStarted(Action with { Target = "stale" }), null, Token);
        await journal.AppendAsync(stale, 3, verified, null, Token);
        await PassAsync(TimeSpan.FromDays(3));
        await journal.AppendAsync(other, 1, Opened with { System = "another" }, null, Token);
        foreach (var id in new[] { old, other })
        {
            await journal.AppendAsync(id, 2, new IncidentEvent.ActionStarted(Action with { Target = id.Value }), null, Token);
            await journal.AppendAsync(id, 3, verified with { Verdict = Verdict.Resolved }, null, Token);
        }

        var since = await NowAsync() - TimeSpan.FromHours(1);

        (await journal.ActionsAsync("sys", since, Token)).Select(r => r.Target).ShouldBe(["INC-old"]);
        (await journal.VerdictsAsync("sys", since, Token)).ShouldBe([Verdict.Resolved]);
        (await journal.ActionsAsync("sys", since - TimeSpan.FromDays(4), Token)).Select(r => r.Target).ShouldBe(["stale", "INC-old"]);
        (await journal.VerdictsAsync("another", since, Token)).Count.ShouldBe(1);
    }
}
