using GitHubSimulator.Tests.Harness;

namespace GitHubSimulator.Tests;

public sealed class PagingTests
{
    [Fact]
    public async Task List_ManyPages_LinksLeadThroughAll()
    {
        await using var github = await GitHub.StartAsync();
        for (var i = 1; i <= 7; i++)
        {
            github.Simulator.Store.OpenIssue(GitHub.Repo, "ada", $"issue {i}");
        }

        var seen = new List<string?>();
        var next = GitHub.Path("/issues?state=all&per_page=3&direction=asc");
        while (next is not null)
        {
            var page = await github.GetAsync(next);
            seen.AddRange(page.Words("title"));
            next = page.Headers.GetValueOrDefault("Link")?.Split(", ")
                .FirstOrDefault(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal))?.Split('<', '>')[1];
        }

        seen.ShouldBe(Enumerable.Range(1, 7).Select(i => $"issue {i}"));
    }

    [Fact]
    public async Task List_MiddlePage_HasFourLinks()
    {
        await using var github = await GitHub.StartAsync();
        for (var i = 1; i <= 5; i++)
        {
            github.Simulator.Store.OpenIssue(GitHub.Repo, "ada", $"issue {i}");
        }

        var middle = (await github.GetAsync(GitHub.Path("/issues?per_page=2&page=2"))).Headers["Link"];
        var only = await github.GetAsync(GitHub.Path("/issues"));
        var beyond = await github.GetAsync(GitHub.Path("/issues?per_page=2&page=99"));

        middle.ShouldContain("page=1>; rel=\"prev\"");
        middle.ShouldContain("page=3>; rel=\"next\"");
        middle.ShouldContain("page=3>; rel=\"last\"");
        middle.ShouldContain("page=1>; rel=\"first\"");
        only.Headers.ContainsKey("Link").ShouldBeFalse();
        beyond.List.ShouldBeEmpty();
    }

    [Fact]
    public async Task List_LargePage_IsCutAtHundred()
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();
        for (var i = 0; i < 101; i++)
        {
            github.Simulator.Store.AddComment(GitHub.Repo, number, "ada", $"comment {i}");
        }

        (await github.GetAsync(GitHub.Path($"/issues/{number}/comments?per_page=500"))).List.Count.ShouldBe(100);
        (await github.GetAsync(GitHub.Path($"/issues/{number}/comments"))).List.Count.ShouldBe(30);
    }
}
