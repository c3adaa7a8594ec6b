using System.Net;
using GitHubSimulator.Control;
using GitHubSimulator.Tests.Harness;

namespace GitHubSimulator.Tests;

public sealed class FaultTests
{
    [Theory]
    [InlineData(401, "Bad credentials")]
    [InlineData(403, "Resource not accessible by personal access token")]
    [InlineData(404, "Not Found")]
    [InlineData(410, "This issue was deleted")]
    [InlineData(422, "Validation Failed")]
    [InlineData(429, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")]
    [InlineData(500, "Server Error")]
    [InlineData(502, "Bad Gateway")]
    [InlineData(503, "Service unavailable")]
    public async Task Fault_WithStatus_HitsAsOftenAsSaid(int status, string message)
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();
        github.Simulator.Faults.Add(new Fault { Method = "GET", Path = "/issues/1$", Status = status, Times = 2 });

        var path = GitHub.Path($"/issues/{number}");
        Answers([await github.GetAsync(path), await github.GetAsync(path)]);
        (await github.GetAsync(path)).Status.ShouldBe(HttpStatusCode.OK);
        github.Simulator.Faults.Pending.ShouldBeEmpty();

        void Answers(IEnumerable<GitHub.Answer> answers)
        {
            foreach (var answer in answers)
            {
                ((int)answer.Status).ShouldBe(status);
                answer.Word("message").ShouldBe(message);
            }
        }
    }

    [Fact]
    public async Task Fault_SecondaryLimit_SaysWhenToRetry()
    {
        await using var github = await GitHub.StartAsync();
        github.Simulator.Faults.Add(new Fault { Status = 403, RetryAfter = 7 });
        github.Simulator.Faults.Add(new Fault { Status = 403, RateLimitReset = 60 });

        var secondary = await github.GetAsync("/user");
        var primary = await github.GetAsync("/user");

        secondary.Headers["Retry-After"].ShouldBe("7");
        secondary.Word("message")!.ShouldContain("secondary rate limit");
        primary.Headers["X-RateLimit-Remaining"].ShouldBe("0");
        primary.Word("message")!.ShouldContain("API rate limit exceeded");
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Fault_Drop_CutsBeforeOrAfterEffect(bool afterEffect, int comments)
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();
        github.Simulator.Faults.Add(new Fault { Method = "POST", Drop = true, AfterEffect = afterEffect });

        await Should.ThrowAsync<HttpRequestException>(
            () => github.PostAsync(GitHub.Path($"/issues/{number}/comments"), new { body = "once" }));

        github.Simulator.Store.GetIssue(GitHub.Repo, number).Comments.Count.ShouldBe(comments);
        github.Simulator.Requests.Writes[^1].Status.ShouldBe(0);
    }

    [Fact]
    public async Task Fault_AfterEffect_LosesOnlyTheAnswer()
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();
        github.Simulator.Faults.Add(new Fault { Method = "POST", Path = "/comments$", Status = 502, AfterEffect = true });

        var answer = await github.PostAsync(GitHub.Path($"/issues/{number}/comments"), new { body = "once" });

        answer.Status.ShouldBe(HttpStatusCode.BadGateway);
        github.Simulator.Store.GetIssue(GitHub.Repo, number).Comments.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Fault_Delay_OutlastsAPatientClient()
    {
        await using var github = await GitHub.StartAsync();
        github.Simulator.Faults.Add(new Fault { DelayMs = 600_000 });
        using var client = new HttpClient { BaseAddress = github.Simulator.Url, Timeout = TimeSpan.FromMilliseconds(200) };

        await Should.ThrowAsync<TaskCanceledException>(
            () => client.GetAsync(new Uri("/user", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Fault_Skip_LetsSomePass()
    {
        await using var github = await GitHub.StartAsync();
        github.Simulator.Faults.Add(new Fault { Status = 500, Skip = 1 });

        (await github.GetAsync("/user")).Status.ShouldBe(HttpStatusCode.OK);
        (await github.GetAsync("/user")).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await github.GetAsync("/user")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void Add_BrokenPattern_IsRefused() =>
        Should.Throw<ArgumentException>(() => new FaultPlan().Add(new Fault { Path = "(" }));
}
