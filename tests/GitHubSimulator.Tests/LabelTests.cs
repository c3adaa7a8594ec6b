using System.Net;
using GitHubSimulator.State;
using GitHubSimulator.Tests.Harness;

namespace GitHubSimulator.Tests;

public sealed class LabelTests
{
    [Fact]
    public async Task Labels_OfRepository_WholeLife()
    {
        await using var github = await GitHub.StartAsync();
        var created = await github.PostAsync(GitHub.Path("/labels"), new { name = "needs-admin", color = "d93f0b", description = "A person must look" });
        var again = await github.PostAsync(GitHub.Path("/labels"), new { name = "Needs-Admin" });
        var badColor = await github.PostAsync(GitHub.Path("/labels"), new { name = "x", color = "red" });
        var edited = await github.PatchAsync(GitHub.Path("/labels/needs-admin"), new { new_name = "admin please" });
        var read = await github.GetAsync(GitHub.Path("/labels/admin%20please"));
        var deleted = await github.DeleteAsync(GitHub.Path("/labels/admin%20please"));
        var listed = await github.GetAsync(GitHub.Path("/labels"));

        created.Status.ShouldBe(HttpStatusCode.Created);
        again.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string?)again.Json["errors"]![0]!["code"]).ShouldBe("already_exists");
        badColor.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        edited.Word("color").ShouldBe("d93f0b");
        read.Word("name").ShouldBe("admin please");
        deleted.Status.ShouldBe(HttpStatusCode.NoContent);
        listed.Words("name").ShouldContain("bug");
        listed.Words("name").ShouldNotContain("admin please");
    }

    [Fact]
    public async Task Labels_OfIssue_AddSetRemove()
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();
        var path = GitHub.Path($"/issues/{number}/labels");

        var added = await github.PostAsync(path, new { labels = new[] { "resolved", "area/sync" } });
        var more = await github.PostAsync(path, new[] { "bug", "RESOLVED" });
        var removed = await github.DeleteAsync($"{path}/area%2Fsync");
        var notThere = await github.DeleteAsync($"{path}/escalated");
        var set = await github.PutAsync(path, new { labels = new[] { "escalated" } });
        var listed = await github.GetAsync(path);
        var cleared = await github.DeleteAsync(path);

        added.Words("name").ShouldBe(["resolved", "area/sync"]);
        more.Words("name").ShouldBe(["resolved", "area/sync", "bug"]);
        removed.Words("name").ShouldBe(["resolved", "bug"]);
        notThere.Status.ShouldBe(HttpStatusCode.NotFound);
        notThere.Word("message").ShouldBe("Label does not exist");
        set.Words("name").ShouldBe(["escalated"]);
        listed.Words("name").ShouldBe(["escalated"]);
        cleared.Status.ShouldBe(HttpStatusCode.NoContent);
        github.Simulator.Store.LabelsOf(GitHub.Repo, number).ShouldBeEmpty();
    }

    [Fact]
    public async Task Labels_ByReader_AreForbidden()
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();

        var answer = await github.PostAsync(GitHub.Path($"/issues/{number}/labels"), new[] { "resolved" }, "user:ada");
        github.Simulator.Access.Grant(GitHub.Repo, "ada", Permission.Triage);
        var granted = await github.PostAsync(GitHub.Path($"/issues/{number}/labels"), new[] { "resolved" }, "user:ada");
        var create = await github.PostAsync(GitHub.Path("/labels"), new { name = "mine" }, "user:ada");

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        granted.Status.ShouldBe(HttpStatusCode.OK);
        create.Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Delete_LabelInUse_LeavesIssuesWithoutIt()
    {
        await using var github = await GitHub.StartAsync();
        github.Simulator.Store.OpenIssue(GitHub.Repo, "ada", "x", null, "bug", "question");

        await github.DeleteAsync(GitHub.Path("/labels/bug"));

        github.Simulator.Store.LabelsOf(GitHub.Repo, 1).ShouldBe(["question"]);
    }
}
