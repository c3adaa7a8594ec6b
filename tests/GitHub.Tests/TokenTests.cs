using FieldMedic.GitHub.Tests.Harness;
using FieldMedic.Tracker;
using GitHubSimulator.Control;

namespace FieldMedic.GitHub.Tests;

public sealed class TokenTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public async Task Call_WithoutToken_SaysWhichVariable(string? token)
    {
        await using var office = await Office.OpenAsync();
        using var tracker = new GitHubTracker(office.Settings(token), office.Time);
        var thrown = await Office.FailAsync(() => tracker.GetIssueAsync(office.Ref, Office.Cancel));
        thrown.Failure.ShouldBe(TrackerFailure.Unauthorized);
        thrown.Message.ShouldContain("GITHUB_TOKEN");
        office.GitHub.Requests.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ghp_secret\nX-Evil: 1")]
    [InlineData("ghp_secret two")]
    [InlineData("ghp_secretü")]
    public async Task Call_MalformedToken_DoesNotQuoteIt(string token)
    {
        await using var office = await Office.OpenAsync();
        var thrown = await Office.FailAsync(() => office.As(token).GetIssueAsync(office.Ref, Office.Cancel));
        thrown.Failure.ShouldBe(TrackerFailure.Unauthorized);
        thrown.ToString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task Call_WrongToken_DoesNotQuoteIt()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Access.AcceptOnlyKnownTokens();
        var thrown = await Office.FailAsync(() => office.As("ghp_secret").GetIssueAsync(office.Ref, Office.Cancel));
        thrown.Failure.ShouldBe(TrackerFailure.Unauthorized);
        thrown.ToString().ShouldNotContain("secret");
        thrown.Message.ShouldContain("Bad credentials");
    }

    [Fact]
    public async Task Comment_ClassicTokenWithoutScope_NamesNeededAndPresent()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Access.AddToken("ghp_x", "somebot", "read:org");
        var thrown = await Office.FailAsync(() => office.As("ghp_x").CreateCommentAsync(office.Ref, "hello", Office.Cancel));
        thrown.Failure.ShouldBe(TrackerFailure.Forbidden);
        thrown.Message.ShouldContain("repo");
        thrown.Message.ShouldContain("this one has: read:org");
    }

    [Fact]
    public async Task Comment_FineGrainedTokenRefused_NamesThePermission()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Access.AddFineGrainedToken("github_pat_x", "somebot");
        office.GitHub.Faults.Add(new Fault { Method = "POST", Status = 403 });
        var thrown = await Office.FailAsync(() => office.As("github_pat_x").CreateCommentAsync(office.Ref, "hello", Office.Cancel));
        thrown.Message.ShouldContain("Issues: read and write");
    }

    [Fact]
    public async Task GetIssue_TokenMayNotAskWhoItIs_UsesTheConfiguredLogin()
    {
        await using var office = await Office.OpenAsync();
        await office.Tracker.CreateCommentAsync(office.Ref, "ours", Office.Cancel);
        office.GitHub.Faults.Add(new Fault { Path = "^/user$", Status = 403, Times = 2 });
        (await office.As("app", Office.Us).GetIssueAsync(office.Ref, Office.Cancel)).Comments.ShouldHaveSingleItem().IsOurs.ShouldBeTrue();
        (await Office.FailAsync(() => office.As("app").GetIssueAsync(office.Ref, Office.Cancel))).Message.ShouldContain("FIELDMEDIC_GITHUB_LOGIN");
    }

    [Fact]
    public async Task GetIssue_TokenOfAnotherAccount_AsksAgainWhoItIs()
    {
        await using var office = await Office.OpenAsync();
        var token = "user:ada";
        using var tracker = new GitHubTracker(office.Settings(null) with { Token = () => token }, office.Time);
        await tracker.CreateCommentAsync(office.Ref, "by ada", Office.Cancel);
        (await tracker.GetIssueAsync(office.Ref, Office.Cancel)).Comments[0].IsOurs.ShouldBeTrue();
        (await tracker.GetIssueAsync(office.Ref, Office.Cancel)).Comments[0].IsOurs.ShouldBeTrue();
        office.Sent("GET", "/user").ShouldBe(1);
        token = "user:bob";
        (await tracker.GetIssueAsync(office.Ref, Office.Cancel)).Comments[0].IsOurs.ShouldBeFalse();
    }
}
