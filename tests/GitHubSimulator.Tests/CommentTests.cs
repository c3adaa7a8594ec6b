using System.Net;
using GitHubSimulator.Tests.Harness;
using Microsoft.Extensions.Time.Testing;

namespace GitHubSimulator.Tests;

public sealed class CommentTests
{
    [Fact]
    public async Task Comment_WholeLife_IsAsOnGitHub()
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();

        var added = await github.PostAsync(GitHub.Path($"/issues/{number}/comments"), new { body = "Looking" });
        var id = added.Number("id");
        var edited = await github.PatchAsync(GitHub.Path($"/issues/comments/{id}"), new { body = "Done" });
        var read = await github.GetAsync(GitHub.Path($"/issues/comments/{id}"));
        var listed = await github.GetAsync(GitHub.Path($"/issues/{number}/comments"));
        var issue = await github.GetAsync(GitHub.Path($"/issues/{number}"));
        var deleted = await github.DeleteAsync(GitHub.Path($"/issues/comments/{id}"));
        var gone = await github.GetAsync(GitHub.Path($"/issues/comments/{id}"));

        added.Status.ShouldBe(HttpStatusCode.Created);
        added.Word("author_association").ShouldBe("COLLABORATOR");
        edited.Word("body").ShouldBe("Done");
        read.Word("body").ShouldBe("Done");
        listed.Words("body").ShouldBe(["Done"]);
        issue.Number("comments").ShouldBe(1);
        deleted.Status.ShouldBe(HttpStatusCode.NoContent);
        gone.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task List_Since_LeavesOutOlder()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await using var github = await GitHub.StartAsync(new SimulatorOptions { Time = time });
        var number = await github.OpenAsync();
        github.Simulator.Store.AddComment(GitHub.Repo, number, "ada", "early");
        time.Advance(TimeSpan.FromMinutes(10));
        github.Simulator.Store.AddComment(GitHub.Repo, number, "ada", "late");

        var ofIssue = await github.GetAsync(GitHub.Path($"/issues/{number}/comments?since=2026-01-01T12:10:00Z"));
        var ofRepository = await github.GetAsync(GitHub.Path("/issues/comments?since=2026-01-01T12:10:00Z"));
        var newestFirst = await github.GetAsync(GitHub.Path("/issues/comments?sort=created&direction=desc"));

        ofIssue.Words("body").ShouldBe(["late"]);
        ofRepository.Words("body").ShouldBe(["late"]);
        newestFirst.Words("body").ShouldBe(["late", "early"]);
    }

    [Fact]
    public async Task Edit_CommentOfSomeoneElse_IsForbidden()
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();
        var id = github.Simulator.Store.AddComment(GitHub.Repo, number, "ada", "mine").Id;

        var edit = await github.PatchAsync(GitHub.Path($"/issues/comments/{id}"), new { body = "yours" }, "user:eve");
        var delete = await github.DeleteAsync(GitHub.Path($"/issues/comments/{id}"), "user:eve");

        edit.Status.ShouldBe(HttpStatusCode.Forbidden);
        delete.Status.ShouldBe(HttpStatusCode.Forbidden);
        github.Simulator.Store.GetIssue(GitHub.Repo, number).Comments.ShouldHaveSingleItem().Body.ShouldBe("mine");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Add_BlankBody_IsRefused(string body)
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();

        var answer = await github.PostAsync(GitHub.Path($"/issues/{number}/comments"), new { body });

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Add_TooLongBody_IsRefused()
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();

        var answer = await github.PostAsync(GitHub.Path($"/issues/{number}/comments"), new { body = new string('x', 65_537) });

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await github.PostAsync(GitHub.Path("/issues/99/comments"), new { body = "x" })).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task React_Twice_StaysOne()
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();
        var id = github.Simulator.Store.AddComment(GitHub.Repo, number, "ada", "help").Id;

        var first = await github.PostAsync(GitHub.Path($"/issues/comments/{id}/reactions"), new { content = "eyes" });
        var second = await github.PostAsync(GitHub.Path($"/issues/comments/{id}/reactions"), new { content = "eyes" });
        var onIssue = await github.PostAsync(GitHub.Path($"/issues/{number}/reactions"), new { content = "+1" });
        var wrong = await github.PostAsync(GitHub.Path($"/issues/{number}/reactions"), new { content = "meh" });
        var listed = await github.GetAsync(GitHub.Path($"/issues/comments/{id}/reactions"));
        var issue = await github.GetAsync(GitHub.Path($"/issues/{number}"));

        first.Status.ShouldBe(HttpStatusCode.Created);
        second.Status.ShouldBe(HttpStatusCode.OK);
        onIssue.Status.ShouldBe(HttpStatusCode.Created);
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        listed.Words("content").ShouldBe(["eyes"]);
        ((int)issue.Json["reactions"]!["+1"]!).ShouldBe(1);
    }
}
