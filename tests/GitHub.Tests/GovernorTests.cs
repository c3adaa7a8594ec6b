using FieldMedic.GitHub.Feed;
using FieldMedic.GitHub.Tests.Harness;
using FieldMedic.Tracker;
using GitHubSimulator.Control;

namespace FieldMedic.GitHub.Tests;

public sealed class GovernorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Limit_MetByOneClient_HoldsForAll(bool isPrimary)
    {
        await using var office = await Office.OpenAsync();
        var other = office.As("user:bob");
        office.GitHub.Faults.Add(new Fault { Path = "/labels", Status = 403, RetryAfter = isPrimary ? null : 600, RateLimitReset = isPrimary ? 600 : null });
        await Office.FailAsync(() => office.Tracker.ChangeLabelsAsync(office.Ref, ["resolved"], [], Office.Cancel));
        var sent = office.GitHub.Requests.All.Count;

        var thrown = await Office.FailAsync(() => other.CreateCommentAsync(office.Ref, "report", Office.Cancel));

        thrown.Failure.ShouldBe(TrackerFailure.RateLimited);
        thrown.Message.ShouldMatch("ends at [0-9]{2}:[0-9]{2}:[0-9]{2} UTC");
        office.GitHub.Requests.All.Count.ShouldBe(sent);
        office.Time.Advance(TimeSpan.FromSeconds(601));
        await other.CreateCommentAsync(office.Ref, "report", Office.Cancel);
    }

    [Theory]
    [InlineData(90)]
    [InlineData(-90)]
    public async Task Limit_ClockIsSetMeanwhile_EndsWhenItIsOver(int days)
    {
        await using var office = await Office.OpenAsync();
        office.Time.SetForward = TimeSpan.FromDays(100);
        office.GitHub.Faults.Add(new Fault { Path = "/labels", Status = 403, RetryAfter = 600 });
        await Office.FailAsync(() => office.Tracker.ChangeLabelsAsync(office.Ref, ["resolved"], [], Office.Cancel));

        office.Time.SetForward += TimeSpan.FromDays(days);

        office.Time.Advance(TimeSpan.FromSeconds(500));
        (await Office.FailAsync(() => office.Tracker.CreateCommentAsync(office.Ref, "report", Office.Cancel))).Failure.ShouldBe(TrackerFailure.RateLimited);
        office.Time.Advance(TimeSpan.FromSeconds(101));
        await office.Tracker.CreateCommentAsync(office.Ref, "report", Office.Cancel);
    }

    [Theory]
    [InlineData(int.MaxValue, null)]
    [InlineData(null, int.MaxValue)]
    public async Task Limit_OfManyYears_IsTakenForAnHour(int? retryAfter, int? reset)
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Faults.Add(new Fault { Path = "/labels", Status = 403, RetryAfter = retryAfter, RateLimitReset = reset });
        await Office.FailAsync(() => office.Tracker.ChangeLabelsAsync(office.Ref, ["resolved"], [], Office.Cancel));

        office.Time.Advance(TimeSpan.FromMinutes(58));
        (await Office.FailAsync(() => office.Tracker.CreateCommentAsync(office.Ref, "report", Office.Cancel))).Failure.ShouldBe(TrackerFailure.RateLimited);
        office.Time.Advance(TimeSpan.FromMinutes(2));
        await office.Tracker.CreateCommentAsync(office.Ref, "report", Office.Cancel);
    }

    [Fact]
    public async Task Feed_ResetInManyYears_WaitsAnHour()
    {
        var canned = new CannedHandler(_ => (200, "[]"))
        {
            Headers = { ["Date"] = "Thu, 15 Jan 2026 12:00:00 GMT", ["X-RateLimit-Remaining"] = "3", ["X-RateLimit-Reset"] = "250000000000" },
        };
        using var feed = new GitHubFeed(new GitHubSettings { Governor = new Governor(), Token = () => "t" }, Office.MakeTime(), canned);

        (await feed.LookAsync(Office.Repository, DateTimeOffset.UnixEpoch, Office.Cancel)).Wait.ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Writes_WithSpacing_AreThatFarApart()
    {
        await using var office = await Office.OpenAsync();
        using var tracker = new GitHubTracker(office.Settings("any") with { WriteSpacing = TimeSpan.FromSeconds(2) }, office.Time);

        for (var i = 0; i < 3; i++)
        {
            await tracker.ReactAsync(office.Ref, null, (Reaction)i, Office.Cancel);
        }

        (office.Time.GetUtcNow() - office.Time.Start).ShouldBe(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Writes_ClockWasSetBack_WaitNoLongerThanTheSpacing()
    {
        await using var office = await Office.OpenAsync();
        using var tracker = new GitHubTracker(office.Settings("any") with { WriteSpacing = TimeSpan.FromSeconds(2) }, office.Time);
        office.Time.SetForward = TimeSpan.FromHours(1);
        await tracker.ReactAsync(office.Ref, null, Reaction.Eyes, Office.Cancel);
        office.Time.SetForward = TimeSpan.Zero;

        await tracker.ReactAsync(office.Ref, null, Reaction.Rocket, Office.Cancel);

        (office.Time.GetUtcNow() - office.Time.Start).ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Reads_WithSpacing_DoNotWait()
    {
        await using var office = await Office.OpenAsync();
        using var tracker = new GitHubTracker(office.Settings("any") with { WriteSpacing = TimeSpan.FromHours(1) }, office.Time);
        await tracker.ReactAsync(office.Ref, null, Reaction.Eyes, Office.Cancel);

        await tracker.GetIssueAsync(office.Ref, Office.Cancel);

        office.Time.GetUtcNow().ShouldBe(office.Time.Start);
    }

    [Fact]
    public async Task Seen_OtherWritesWait_GoesBeforeThemAndAtOnce()
    {
        await using var office = await Office.OpenAsync();
        var settings = office.Settings("any") with { WriteSpacing = TimeSpan.FromMinutes(1) };
        using var tracker = new GitHubTracker(settings, office.Time);
        using var feed = new GitHubFeed(settings, office.Time);
        await tracker.CreateCommentAsync(office.Ref, "first", Office.Cancel);
        var waiting = tracker.CreateCommentAsync(office.Ref, "second", Office.Cancel);

        await feed.ShowSeenAsync(office.Ref, Office.Cancel);

        waiting.IsCompleted.ShouldBeFalse();
        office.Time.GetUtcNow().ShouldBe(office.Time.Start);
        office.Time.Advance(TimeSpan.FromMinutes(1));
        await waiting;
        office.GitHub.Requests.Writes.Select(w => w.Path.Split('/')[^1]).ShouldBe(["comments", "reactions", "comments"]);
    }

    [Fact]
    public async Task Seen_ManyAtOnce_BorrowsTheDistanceFromTheWritesBehind()
    {
        await using var office = await Office.OpenAsync();
        var settings = office.Settings("any") with { WriteSpacing = TimeSpan.FromMinutes(1) };
        using var tracker = new GitHubTracker(settings, office.Time);
        using var feed = new GitHubFeed(settings, office.Time);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => feed.ShowSeenAsync(office.Ref, Office.Cancel)));
        var behind = tracker.CreateCommentAsync(office.Ref, "report", Office.Cancel);

        office.Time.GetUtcNow().ShouldBe(office.Time.Start);
        office.Time.Advance(TimeSpan.FromMinutes(4));
        office.Sent("POST", "/comments").ShouldBe(0);
        office.Time.Advance(TimeSpan.FromMinutes(1));
        await behind;
    }

    [Fact]
    public async Task Seen_MoreThanMayGoAhead_StandInLineLikeTheOthers()
    {
        await using var office = await Office.OpenAsync();
        using var feed = new GitHubFeed(office.Settings("any") with { WriteSpacing = TimeSpan.FromMinutes(1) }, office.Time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Office.Cancel);

        var all = Enumerable.Range(0, 12).Select(_ => feed.ShowSeenAsync(office.Ref, end.Token)).ToList();
        await Task.WhenAll(all.Take(10));

        all[10].IsCompleted.ShouldBeFalse();
        all[11].IsCompleted.ShouldBeFalse();
        office.Sent("POST", "/reactions").ShouldBe(10);
        await end.CancelAsync();
    }

    [Fact]
    public async Task Seen_LimitWasMet_WaitsLikeEverybody()
    {
        await using var office = await Office.OpenAsync();
        using var feed = new GitHubFeed(office.Settings("any"), office.Time);
        office.GitHub.Faults.Add(new Fault { Path = "/labels", Status = 403, RetryAfter = 600 });
        await Office.FailAsync(() => office.Tracker.ChangeLabelsAsync(office.Ref, ["resolved"], [], Office.Cancel));

        (await Office.FailAsync(() => feed.ShowSeenAsync(office.Ref, Office.Cancel))).Failure.ShouldBe(TrackerFailure.RateLimited);

        office.Sent("POST", "/reactions").ShouldBe(0);
    }

    [Fact]
    public async Task Writes_ManyAtOnce_GoOneAfterTheOther()
    {
        await using var office = await Office.OpenAsync();
        using var counting = new CountingHandler();
        using var first = new GitHubTracker(office.Settings("any"), TimeProvider.System, counting);
        using var second = new GitHubTracker(office.Settings("any"), TimeProvider.System, counting);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? first : second).ReactAsync(office.Ref, null, (Reaction)(i % 8), Office.Cancel)));

        counting.MostWritesAtOnce.ShouldBe(1);
    }
}
