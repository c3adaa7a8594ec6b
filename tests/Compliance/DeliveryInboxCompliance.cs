using FieldMedic.Inbox;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace FieldMedic.Compliance;

/// <summary>What every implementation of the inbox must do.</summary>
public abstract class DeliveryInboxCompliance
{
    protected static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    protected FakeTimeProvider Time { get; } = new(Noon);

    /// <summary>Opens the inbox; the second call in a test opens the same one again, as after a restart.</summary>
    protected abstract Task<IDeliveryInbox> OpenAsync();

    /// <summary>Time goes by for the store: the test's clock is set forward, or what is stored grows older where the store has a clock of its own.</summary>
    protected virtual Task PassAsync(TimeSpan span)
    {
        Time.Advance(span);
        return Task.CompletedTask;
    }

    /// <summary>The store's own clock.</summary>
    protected virtual Task<DateTimeOffset> NowAsync() => Task.FromResult(Time.GetUtcNow());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accept_New_IsHandedOutAsItWas()
    {
        var inbox = await OpenAsync();
        var delivery = Opened("a", 7);

        (await inbox.AcceptAsync(delivery, Token)).ShouldBeTrue();

        (await inbox.UnfinishedAsync(0, 10, Token)).ShouldHaveSingleItem().Delivery.ShouldBe(delivery);
    }

    [Fact]
    public async Task Accept_WithoutIssueAndActor_IsHandedOutAsItWas()
    {
        var inbox = await OpenAsync();
        var ping = new Delivery("p", DeliveryKind.Ping, null, null, null, null, Noon);
        await inbox.AcceptAsync(ping, Token);

        (await inbox.UnfinishedAsync(0, 10, Token)).ShouldHaveSingleItem().Delivery.ShouldBe(ping);
    }

    [Fact]
    public async Task Accept_SameIdTwice_KeepsOne()
    {
        var inbox = await OpenAsync();
        await inbox.AcceptAsync(Edited("a", 7), Token);

        (await inbox.AcceptAsync(Edited("a", 8), Token)).ShouldBeFalse();
        (await inbox.UnfinishedAsync(0, 10, Token)).ShouldHaveSingleItem().Delivery.Issue.ShouldBe(7);
    }

    [Fact]
    public async Task Accept_SameOccurrenceUnderAnotherId_KeepsOne()
    {
        var inbox = await OpenAsync();
        await inbox.AcceptAsync(Opened("webhook", 7), Token);

        (await inbox.AcceptAsync(Opened("poll", 7), Token)).ShouldBeFalse();
        (await inbox.AcceptAsync(Opened("poll2", 8), Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Accept_EventsThatMayRepeat_KeepsBoth()
    {
        var inbox = await OpenAsync();

        (await inbox.AcceptAsync(Edited("a", 7), Token)).ShouldBeTrue();
        (await inbox.AcceptAsync(Edited("b", 7), Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Accept_AfterItWasFinished_IsKnown()
    {
        var inbox = await OpenAsync();
        await inbox.AcceptAsync(Opened("a", 7), Token);
        await inbox.FinishAsync((await inbox.UnfinishedAsync(0, 10, Token))[0].Sequence, "done", Token);

        (await inbox.AcceptAsync(Opened("a", 7), Token)).ShouldBeFalse();
        (await inbox.UnfinishedAsync(0, 10, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Accept_ManyAtOnceWithDuplicates_KeepsEachOnce()
    {
        var inbox = await OpenAsync();

        var accepted = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => inbox.AcceptAsync(Edited($"d{i % 250}", 1), Token))));

        accepted.Count(a => a).ShouldBe(250);
        (await inbox.UnfinishedAsync(0, 1000, Token)).Select(e => e.Delivery.Id).Distinct().Count().ShouldBe(250);
    }

    [Fact]
    public async Task Unfinished_AfterAndLimit_PagesInOrder()
    {
        var inbox = await OpenAsync();
        for (var i = 0; i < 5; i++)
        {
            await inbox.AcceptAsync(Edited($"d{i}", i + 1), Token);
        }

        var first = await inbox.UnfinishedAsync(0, 2, Token);
        var rest = await inbox.UnfinishedAsync(first[^1].Sequence, 10, Token);

        first.Concat(rest).Select(e => e.Delivery.Id).ShouldBe(["d0", "d1", "d2", "d3", "d4"]);
    }

    [Fact]
    public async Task Reopen_WithFinishedAndUnfinished_HandsOutOnlyUnfinished()
    {
        var inbox = await OpenAsync();
        await inbox.AcceptAsync(Opened("a", 1), Token);
        await inbox.AcceptAsync(Opened("b", 2), Token);
        await inbox.FinishAsync((await inbox.UnfinishedAsync(0, 10, Token))[0].Sequence, "done", Token);

        var again = await OpenAsync();

        (await again.UnfinishedAsync(0, 10, Token)).ShouldHaveSingleItem().Delivery.Id.ShouldBe("b");
    }

    [Fact]
    public async Task LastOutcome_SeveralOfOneIssue_GivesNewestThatCounts()
    {
        var inbox = await OpenAsync();
        string[] outcomes = ["escalated", "held", "nothing"];
        for (var i = 0; i < outcomes.Length; i++)
        {
            await inbox.AcceptAsync(Edited($"d{i}", 7), Token);
            await inbox.FinishAsync((await inbox.UnfinishedAsync(0, 1, Token))[0].Sequence, outcomes[i], Token);
        }

        (await inbox.LastOutcomeAsync("acme/maps", 7, "nothing", Token)).ShouldBe("held");
        (await inbox.LastOutcomeAsync("acme/maps", 8, "nothing", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Finish_Twice_KeepsTheFirstOutcome()
    {
        var inbox = await OpenAsync();
        await inbox.AcceptAsync(Edited("a", 7), Token);
        var sequence = (await inbox.UnfinishedAsync(0, 1, Token))[0].Sequence;
        await inbox.FinishAsync(sequence, "first", Token);
        await inbox.FinishAsync(sequence, "second", Token);

        (await inbox.LastOutcomeAsync("acme/maps", 7, "", Token)).ShouldBe("first");
    }

    [Fact]
    public async Task Mark_SetTwice_GivesTheLast()
    {
        var inbox = await OpenAsync();
        (await inbox.MarkAsync("feed", Token)).ShouldBeNull();
        await inbox.SetMarkAsync("feed", Noon, Token);
        await inbox.SetMarkAsync("feed", Noon.AddHours(1), Token);

        (await (await OpenAsync()).MarkAsync("feed", Token)).ShouldBe(Noon.AddHours(1));
        (await inbox.MarkAsync("other", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Prune_OldAndFinished_ForgetsOnlyThose()
    {
        var inbox = await OpenAsync();
        await inbox.AcceptAsync(Opened("old", 1), Token);
        await inbox.AcceptAsync(Opened("waiting", 2), Token);
        await inbox.FinishAsync((await inbox.UnfinishedAsync(0, 10, Token))[0].Sequence, "done", Token);
        await PassAsync(TimeSpan.FromDays(31));

        (await inbox.PruneAsync(await NowAsync() - TimeSpan.FromDays(30), Token)).ShouldBe(1);

        (await inbox.UnfinishedAsync(0, 10, Token)).ShouldHaveSingleItem().Delivery.Id.ShouldBe("waiting");
    }

    protected static Delivery Opened(string id, int issue) => new(id, DeliveryKind.IssueOpened, "acme/maps", issue, null, new Actor(5, "ada", "User"), Noon);

    protected static Delivery Edited(string id, int issue) => Opened(id, issue) with { Kind = DeliveryKind.IssueEdited };
}
