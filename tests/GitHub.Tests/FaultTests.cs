using FieldMedic.GitHub.Tests.Harness;
using FieldMedic.Incidents;
using FieldMedic.Tracker;
using GitHubSimulator.Control;

namespace FieldMedic.GitHub.Tests;

public sealed class FaultTests
{
    private const string Marker = "<!-- fieldmedic incident=inc-1 -->";
    private static readonly (int Status, TrackerFailure Failure)[] Failures =
    [
        (400, TrackerFailure.Invalid), (401, TrackerFailure.Unauthorized), (403, TrackerFailure.Forbidden), (404, TrackerFailure.NotFound),
        (410, TrackerFailure.NotFound), (422, TrackerFailure.Invalid), (429, TrackerFailure.RateLimited), (500, TrackerFailure.Unavailable),
        (502, TrackerFailure.Unavailable), (503, TrackerFailure.Unavailable), (301, TrackerFailure.NotFound),
    ];

    public static TheoryData<string, int, TrackerFailure> EveryCallAndStatus()
    {
        var data = new TheoryData<string, int, TrackerFailure>();
        foreach (var call in Calls.Names)
        {
            foreach (var (status, failure) in Failures)
            {
                data.Add(call, status, failure);
            }
        }

        return data;
    }

    public static TheoryData<string> EveryCall() => [.. Calls.Names];

    public static TheoryData<string> RepeatableCalls() => [.. Calls.Names.Where(name => name != "comment")];

    [Theory]
    [MemberData(nameof(EveryCallAndStatus))]
    public async Task Call_AlwaysAnsweredWith_FailsInItsKind(string name, int status, TrackerFailure failure)
    {
        await using var office = await Office.OpenAsync();
        var call = await Calls.PrepareAsync(name, office);
        office.GitHub.Faults.Add(call.Fault with { Status = status, Times = 1000 });
        var thrown = await Office.FailAsync(call.Run);
        thrown.Failure.ShouldBe(failure);
        thrown.Message.ShouldContain("acme/maps");
        thrown.Message.ShouldStartWith("Cannot ");
        thrown.Message.ShouldNotContain("   at ");
    }

    [Theory]
    [MemberData(nameof(EveryCall))]
    public async Task Call_ConnectionAlwaysCut_IsUnavailable(string name)
    {
        await using var office = await Office.OpenAsync();
        var call = await Calls.PrepareAsync(name, office);
        office.GitHub.Faults.Add(call.Fault with { Drop = true, Times = 1000 });
        (await Office.FailAsync(call.Run)).ShouldSatisfyAllConditions(e => e.Failure.ShouldBe(TrackerFailure.Unavailable), e => e.IsTransient.ShouldBeTrue());
    }

    [Theory]
    [MemberData(nameof(RepeatableCalls))]
    public async Task Call_TroubleThatPasses_Succeeds(string name)
    {
        await using var office = await Office.OpenAsync();
        var call = await Calls.PrepareAsync(name, office);
        office.GitHub.Faults.Add(call.Fault with { Status = 502 });
        office.GitHub.Faults.Add(call.Fault with { Drop = true });
        office.GitHub.Faults.Add(call.Fault with { Status = 503, RetryAfter = 7, AfterEffect = true });
        await call.Run();
        office.GitHub.Faults.Pending.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(EveryCall))]
    public async Task Call_ShortLimit_IsWaitedFor(string name)
    {
        await using var office = await Office.OpenAsync();
        var call = await Calls.PrepareAsync(name, office);
        var start = office.Time.GetUtcNow();
        office.GitHub.Faults.Add(call.Fault with { Status = 403, RetryAfter = 7 });
        office.GitHub.Faults.Add(call.Fault with { Status = 429, RetryAfter = 7 });
        await call.Run();
        (office.Time.GetUtcNow() - start).ShouldBe(TimeSpan.FromSeconds(14));
        office.Now.Comments.Count.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task Call_LimitUsedUpForSeconds_WaitsByTheServersClock()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Faults.Add(new Fault { Path = "/issues/1$", Status = 403, RateLimitReset = 2 });
        (await office.Tracker.GetIssueAsync(office.Ref, Office.Cancel)).IsOpen.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(EveryCall))]
    public async Task Call_LongLimit_FailsAtOnceAndSaysWhen(string name)
    {
        await using var office = await Office.OpenAsync();
        var call = await Calls.PrepareAsync(name, office);
        office.GitHub.Faults.Add(call.Fault with { Status = 403, RateLimitReset = 3000 });
        var thrown = await Office.FailAsync(call.Run);
        thrown.Failure.ShouldBe(TrackerFailure.RateLimited);
        thrown.Message.ShouldMatch("ends at [0-9]{2}:[0-9]{2}:[0-9]{2} UTC");
        office.Time.GetUtcNow().ShouldBe(office.Time.Start);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CreateComment_AnswerLost_FindsItsOwn(bool cut)
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Store.AddComment(Office.Repository, office.Ref.Number, "ada", Marker + "\nforged");
        office.GitHub.Faults.Add(new Fault { Method = "POST", Path = "/comments$", Drop = cut, Status = cut ? null : 502, AfterEffect = true });
        var id = await office.Tracker.CreateCommentAsync(office.Ref, Marker + "\nreport", Office.Cancel);
        office.Now.Comments.Where(c => c.Author == Office.Us).ShouldHaveSingleItem().Id.ShouldBe(id);
        office.Sent("POST", "/comments").ShouldBe(1);
    }

    [Fact]
    public async Task CreateComment_LostButAnOlderOneStands_BringsItUpToDate()
    {
        await using var office = await Office.OpenAsync();
        var old = await office.Tracker.CreateCommentAsync(office.Ref, Marker + "\nworking", Office.Cancel);
        office.GitHub.Faults.Add(new Fault { Method = "POST", Path = "/comments$", Status = 502 });
        (await office.Tracker.CreateCommentAsync(office.Ref, Marker + "\ndone", Office.Cancel)).ShouldBe(old);
        office.Now.Comments.ShouldHaveSingleItem().Body.ShouldEndWith("done");
    }

    [Fact]
    public async Task CreateComment_NeverArrived_FailsAfterOneAttempt()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Store.AddComment(Office.Repository, office.Ref.Number, "ada", Marker + "\nforged");
        office.GitHub.Faults.Add(new Fault { Method = "POST", Path = "/comments$", Status = 502, Times = 10 });
        (await Office.FailAsync(() => office.Tracker.CreateCommentAsync(office.Ref, Marker + "\nreport", Office.Cancel))).Failure.ShouldBe(TrackerFailure.Unavailable);
        office.Sent("POST", "/comments").ShouldBe(1);
        office.Now.Comments.ShouldHaveSingleItem().Author.ShouldBe("ada");
    }

    [Theory]
    [InlineData("comment", 1)]
    [InlineData("close", 5)]
    public async Task Call_NoAnswerInTime_GivesUp(string name, int attempts)
    {
        var time = Office.MakeTime();
        var silent = new CannedHandler(_ =>
        {
            ThreadPool.QueueUserWorkItem(_ => time.Advance(TimeSpan.FromSeconds(7)));
            return null;
        });
        using var tracker = new GitHubTracker(new GitHubSettings { Governor = new Governor(), Token = () => "t", AttemptTimeout = TimeSpan.FromSeconds(7) }, time, silent);
        var issue = new IssueRef("acme/maps", 1);
        var thrown = await Office.FailAsync(() => name == "close"
            ? tracker.CloseAsync(issue, Office.Proof, Office.Cancel)
            : tracker.CreateCommentAsync(issue, Marker, Office.Cancel));
        thrown.Failure.ShouldBe(TrackerFailure.Unavailable);
        thrown.Message.ShouldContain("did not answer within 7 s");
        silent.Sent.Count(sent => sent.StartsWith(name == "close" ? "PATCH" : "POST", StringComparison.Ordinal)).ShouldBe(attempts);
    }

    [Fact]
    public async Task Call_Cancelled_EndsAsCancelled()
    {
        using var stop = new CancellationTokenSource();
        var canned = new CannedHandler(_ =>
        {
            stop.Cancel();
            return null;
        });
        using var tracker = new GitHubTracker(new GitHubSettings { Governor = new Governor(), Token = () => "t" }, Office.MakeTime(), canned);
        await Should.ThrowAsync<OperationCanceledException>(() => tracker.GetIssueAsync(new IssueRef("acme/maps", 1), stop.Token));
    }

    [Fact]
    public async Task Call_NobodyListens_SaysWhatToCheck()
    {
        using var tracker = new GitHubTracker(new GitHubSettings { Governor = new Governor(), Token = () => "t", ApiUrl = new Uri("http://127.0.0.1:1"), AttemptTimeout = TimeSpan.FromHours(1) }, Office.MakeTime());
        var thrown = await Office.FailAsync(() => tracker.GetIssueAsync(new IssueRef("acme/maps", 1), Office.Cancel));
        thrown.Failure.ShouldBe(TrackerFailure.Unavailable);
        thrown.Message.ShouldContain("GITHUB_API_URL");
    }

    [Theory]
    [InlineData("<html>login</html>")]
    [InlineData("null")]
    [InlineData("[1]")]
    public async Task Call_AnswerIsNotGitHubs_SaysSo(string body)
    {
        using var tracker = new GitHubTracker(new GitHubSettings { Governor = new Governor(), Token = () => "t" }, Office.MakeTime(), new CannedHandler(_ => (200, body)));
        (await Office.FailAsync(() => tracker.GetIssueAsync(new IssueRef("acme/maps", 1), Office.Cancel))).Message.ShouldContain("not what GitHub's API gives");
    }
}
