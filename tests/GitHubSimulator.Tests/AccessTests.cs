using System.Net;
using GitHubSimulator.State;
using GitHubSimulator.Tests.Harness;

namespace GitHubSimulator.Tests;

public sealed class AccessTests
{
    [Fact]
    public async Task Root_WithoutToken_Answers()
    {
        await using var github = await GitHub.StartAsync();

        (await github.GetAsync("/", token: null)).Word("issues_url").ShouldBe($"{github.Simulator.Url}issues");
        (await github.GetAsync("/rate_limit", token: null)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("anything", "fieldmedic-bot")]
    [InlineData("user:ada", "ada")]
    public async Task User_ByToken_IsKnown(string token, string login)
    {
        await using var github = await GitHub.StartAsync();

        var me = await github.GetAsync("/user", token);
        var other = await github.GetAsync("/users/ada", token);

        me.Word("login").ShouldBe(login);
        me.Headers["X-OAuth-Scopes"].ShouldBe("repo");
        other.Word("login").ShouldBe("ada");
    }

    [Fact]
    public async Task Request_WithoutToken_RequiresAuthentication()
    {
        await using var github = await GitHub.StartAsync();

        var answer = await github.GetAsync("/user", token: null);

        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Word("message").ShouldBe("Requires authentication");
    }

    [Fact]
    public async Task Request_WithUnknownToken_HasBadCredentials()
    {
        await using var github = await GitHub.StartAsync();
        github.Simulator.Access.AddToken("known", "medic");
        github.Simulator.Access.AcceptOnlyKnownTokens();

        var known = await github.GetAsync("/user", "known");
        var unknown = await github.GetAsync("/user", "unknown");

        known.Word("login").ShouldBe("medic");
        unknown.Status.ShouldBe(HttpStatusCode.Unauthorized);
        unknown.Word("message").ShouldBe("Bad credentials");
    }

    [Theory]
    [InlineData("Basic dXNlcjp1c2VyOmFkYQ==", "ada")]
    [InlineData("token user:ada", "ada")]
    [InlineData("bearer user:ada", "ada")]
    public async Task Token_InEverySpelling_IsRead(string header, string login)
    {
        await using var github = await GitHub.StartAsync();

        var answer = await github.SendAsync(HttpMethod.Get, "/user", token: null, change: request =>
            request.Headers.TryAddWithoutValidation("Authorization", header));

        answer.Word("login").ShouldBe(login);
    }

    [Fact]
    public async Task Token_WithoutScope_CannotWrite()
    {
        await using var github = await GitHub.StartAsync();
        github.Simulator.Access.AddToken("weak", "medic", "read:user", "gist");
        github.Simulator.Access.AddFineGrainedToken("fine", "medic");
        github.Simulator.Access.Grant(GitHub.Repo, "medic", Permission.Write);

        var read = await github.GetAsync(GitHub.Path("/issues"), "weak");
        var write = await github.PostAsync(GitHub.Path("/issues"), new { title = "x" }, "weak");
        var fine = await github.PostAsync(GitHub.Path("/issues"), new { title = "x" }, "fine");

        read.Status.ShouldBe(HttpStatusCode.OK);
        read.Headers["X-OAuth-Scopes"].ShouldBe("read:user, gist");
        write.Status.ShouldBe(HttpStatusCode.Forbidden);
        write.Word("message").ShouldBe("Resource not accessible by personal access token");
        fine.Status.ShouldBe(HttpStatusCode.Created);
        fine.Headers.ContainsKey("X-OAuth-Scopes").ShouldBeFalse();
    }

    [Theory]
    [InlineData(Permission.Read, "read", "read")]
    [InlineData(Permission.Triage, "read", "triage")]
    [InlineData(Permission.Write, "write", "write")]
    [InlineData(Permission.Maintain, "write", "maintain")]
    [InlineData(Permission.Admin, "admin", "admin")]
    public async Task Permission_OfCollaborator_HasOldAndNewName(Permission permission, string word, string role)
    {
        await using var github = await GitHub.StartAsync();
        github.Simulator.Access.Grant(GitHub.Repo, "ada", permission);

        var answer = await github.GetAsync(GitHub.Path("/collaborators/ada/permission"));

        answer.Word("permission").ShouldBe(word);
        answer.Word("role_name").ShouldBe(role);
    }

    [Fact]
    public async Task Permission_OfOthers_NeedsPushAccess()
    {
        await using var github = await GitHub.StartAsync();

        (await github.GetAsync(GitHub.Path("/collaborators/bob/permission"), "user:ada")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await github.GetAsync(GitHub.Path("/collaborators/ada/permission"), "user:ada")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Repository_WithoutPermission_LooksAbsent()
    {
        await using var github = await GitHub.StartAsync();
        await github.OpenAsync();
        github.Simulator.Access.Grant(GitHub.Repo, "eve", Permission.None);

        var hidden = await github.GetAsync(GitHub.Path("/issues/1"), "user:eve");
        var shown = await github.GetAsync(GitHub.Path(""));

        hidden.Status.ShouldBe(HttpStatusCode.NotFound);
        shown.Word("full_name").ShouldBe(GitHub.Repo);
        ((bool)shown.Json["permissions"]!["push"]!).ShouldBeTrue();
        shown.Number("open_issues_count").ShouldBe(1);
    }

    [Fact]
    public async Task Request_WithoutUserAgent_IsForbidden()
    {
        await using var github = await GitHub.StartAsync();

        var answer = await github.SendAsync(HttpMethod.Get, "/user", change: request => request.Headers.Remove("User-Agent"));

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("X-GitHub-Api-Version", "2022-11-28", 200)]
    [InlineData("X-GitHub-Api-Version", "1999-01-01", 400)]
    [InlineData("Accept", "application/vnd.github+json", 200)]
    [InlineData("Accept", "text/xml", 415)]
    public async Task Request_WithHeader_IsJudged(string header, string value, int status)
    {
        await using var github = await GitHub.StartAsync();

        var answer = await github.SendAsync(HttpMethod.Get, "/user", change: request => request.Headers.TryAddWithoutValidation(header, value));

        ((int)answer.Status).ShouldBe(status);
    }

    [Fact]
    public async Task Enterprise_Prefix_LeadsBackToItself()
    {
        await using var github = await GitHub.StartAsync();
        var number = await github.OpenAsync();

        var answer = await github.GetAsync("/api/v3" + GitHub.Path($"/issues/{number}"));

        answer.Word("url").ShouldBe($"{github.Simulator.Url}api/v3/repos/acme/maps/issues/1");
        answer.Word("html_url").ShouldBe($"{github.Simulator.Url}acme/maps/issues/1");
    }

    [Fact]
    public async Task NewerVersion_Answers_LackDroppedFields()
    {
        await using var github = await GitHub.StartAsync();
        var path = GitHub.Path($"/issues/{await github.OpenAsync()}");

        var newer = await github.SendAsync(HttpMethod.Get, path, change: request =>
            request.Headers.TryAddWithoutValidation("X-GitHub-Api-Version", "2026-03-10"));
        var older = await github.GetAsync(path);

        newer.Json.AsObject().ContainsKey("assignee").ShouldBeFalse();
        older.Json.AsObject().ContainsKey("assignee").ShouldBeTrue();
    }

    [Theory]
    [InlineData("PUT", "/repos/acme/maps/issues")]
    [InlineData("DELETE", "/user")]
    [InlineData("GET", "/repos/acme/maps/file.txt")]
    [InlineData("GET", "/repos/acme/../issues/1/x")]
    [InlineData("GET", "/repos/a%20b/maps/issues")]
    public async Task Request_OutsideTheApi_IsNotFoundInJson(string method, string path)
    {
        await using var github = await GitHub.StartAsync();

        var answer = await github.SendAsync(new HttpMethod(method), path);

        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.Word("message").ShouldBe("Not Found");
    }
}
