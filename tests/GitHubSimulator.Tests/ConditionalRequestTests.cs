using System.Net;
using GitHubSimulator.Tests.Harness;
using Microsoft.Extensions.Time.Testing;

namespace GitHubSimulator.Tests;

public sealed class ConditionalRequestTests
{
    [Fact]
    public async Task Get_UnchangedIssue_Is304AndFree()
    {
        await using var github = await GitHub.StartAsync();
        var path = GitHub.Path($"/issues/{await github.OpenAsync()}");
        var first = await github.GetAsync(path);

        var second = await Conditional(first.Headers["ETag"]);
        await github.PatchAsync(path, new { state = "closed" });
        var third = await Conditional(first.Headers["ETag"]);

        second.Status.ShouldBe(HttpStatusCode.NotModified);
        second.Text.ShouldBeEmpty();
        second.Headers["X-RateLimit-Remaining"].ShouldBe(first.Headers["X-RateLimit-Remaining"]);
        third.Status.ShouldBe(HttpStatusCode.OK);
        third.Word("state").ShouldBe("closed");

        Task<GitHub.Answer> Conditional(string tag) => github.SendAsync(HttpMethod.Get, path, change: request =>
            request.Headers.TryAddWithoutValidation("If-None-Match", tag));
    }

    [Fact]
    public async Task RateLimit_UsedUp_RefusesUntilReset()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await using var github = await GitHub.StartAsync(new SimulatorOptions { RateLimit = 2, Time = time });

        var first = await github.GetAsync("/user");
        var second = await github.GetAsync("/user");
        var refused = await github.GetAsync("/user");
        var overview = await github.GetAsync("/rate_limit");
        time.Advance(TimeSpan.FromHours(1));
        var later = await github.GetAsync("/user");

        first.Headers["X-RateLimit-Remaining"].ShouldBe("1");
        second.Headers["X-RateLimit-Remaining"].ShouldBe("0");
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Headers["X-RateLimit-Remaining"].ShouldBe("0");
        refused.Headers["X-RateLimit-Reset"].ShouldBe("1767272400");
        ((int)overview.Json["rate"]!["remaining"]!).ShouldBe(0);
        later.Status.ShouldBe(HttpStatusCode.OK);
    }
}
