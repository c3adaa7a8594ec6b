using FieldMedic.GitHub;
using FieldMedic.GitHub.Feed;
using FieldMedic.Inbox;
using FieldMedic.Tracker;
using GitHubSimulator;
using GitHubSimulator.Control;

namespace FieldMedic.Server.Tests.Polling;

public sealed class FeedTests : IAsyncDisposable
{
    private const string Repository = "acme/maps";
    private readonly RunningSimulator _gitHub;
    private readonly GitHubFeed _feed;
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();

    public FeedTests()
    {
        _gitHub = SimulatorHost.StartAsync(new SimulatorOptions(), Token).GetAwaiter().GetResult();
        _feed = new GitHubFeed(new GitHubSettings { Token = () => "any", ApiUrl = _gitHub.Url }, TimeProvider.System);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Look_AfterAWholeLife_GivesEveryEvent()
    {
        var number = _gitHub.Store.OpenIssue(Repository, "ada", "Stuck").Number;
        var comment = _gitHub.Store.AddComment(Repository, number, "bob", "me, too").Id;
        _gitHub.Store.AddLabel(Repository, number, "eve", "urgent");
        _gitHub.Store.CloseIssue(Repository, number, "eve");
        _gitHub.Store.ReopenIssue(Repository, number, "ada");

        var news = await LookAsync(_start);

        news.Deliveries.Select(d => (d.Kind, d.Issue, d.Actor!.Login)).ShouldBe(
            [
                (DeliveryKind.IssueOpened, number, "ada"),
                (DeliveryKind.CommentCreated, number, "bob"),
                (DeliveryKind.IssueLabeled, number, "eve"),
                (DeliveryKind.IssueClosed, number, "eve"),
                (DeliveryKind.IssueReopened, number, "ada"),
            ],
            ignoreOrder: true);
        news.Deliveries.Single(d => d.Kind == DeliveryKind.CommentCreated).CommentId.ShouldBe(comment);
        news.Deliveries.Select(d => d.Id).Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public async Task Look_NothingNew_CostsNothing()
    {
        _gitHub.Store.OpenIssue(Repository, "ada", "Stuck");
        var first = await LookAsync(_start);
        await LookAsync(first.Mark);
        _gitHub.Requests.Clear();

        var again = await LookAsync(first.Mark);

        again.Deliveries.ShouldBeEmpty();
        again.Mark.ShouldBe(first.Mark);
        _gitHub.Requests.All.Select(r => r.Status).ShouldBe([304, 304, 304]);
    }

    [Fact]
    public async Task Look_Again_NamesTheSameEventsAlike()
    {
        _gitHub.Store.OpenIssue(Repository, "ada", "Stuck");
        var first = await LookAsync(_start);
        _feed.Forget();
        var second = await LookAsync(_start);

        second.Deliveries.ShouldBe(first.Deliveries);
    }

    [Fact]
    public async Task Look_OldIssueWithNewComment_IsNoNewIssue()
    {
        var number = _gitHub.Store.OpenIssue(Repository, "ada", "Old").Number;
        _gitHub.Store.AddComment(Repository, number, "bob", "still there");

        var news = await LookAsync(_start + TimeSpan.FromHours(1));

        news.Deliveries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Look_MoreThanAPage_GivesAll()
    {
        for (var i = 0; i < 250; i++)
        {
            _gitHub.Store.OpenIssue(Repository, "ada", $"Issue {i}");
        }

        var news = await LookAsync(_start);

        news.Deliveries.Count(d => d.Kind == DeliveryKind.IssueOpened).ShouldBe(250);
    }

    [Fact]
    public async Task Look_BotsAndOurselves_BotsAreLeftOut()
    {
        _gitHub.Store.OpenIssue(Repository, "monitor[bot]", "Alarm");
        _gitHub.Store.OpenIssue(Repository, "ada", "Stuck");

        (await LookAsync(_start)).Deliveries.ShouldHaveSingleItem().Actor!.Login.ShouldBe("ada");
    }

    [Fact]
    public async Task Look_RateLimited_FailsForTheCallerToWait()
    {
        _gitHub.Faults.Add(new Fault { Path = "/issues$", Status = 403, RateLimitReset = 3000 });

        (await Should.ThrowAsync<TrackerException>(() => LookAsync(_start))).Failure.ShouldBe(TrackerFailure.RateLimited);
    }

    [Fact]
    public async Task IsUs_OurAccountAndAnImitation_GoesByTheId()
    {
        var number = _gitHub.Store.OpenIssue(Repository, "fieldmedic-bot", "Ours").Number;
        var ours = (await LookAsync(_start)).Deliveries.Single(d => d.Issue == number).Actor!;

        (await _feed.IsUsAsync(ours, Token)).ShouldBeTrue();
        (await _feed.IsUsAsync(ours with { Id = 7 }, Token)).ShouldBeFalse();
    }

    public async ValueTask DisposeAsync()
    {
        _feed.Dispose();
        await _gitHub.DisposeAsync();
    }

    private Task<FeedNews> LookAsync(DateTimeOffset mark) => _feed.LookAsync(Repository, mark, Token);
}
