using System.Net;
using GitHubSimulator.Tests.Harness;

namespace GitHubSimulator.Tests;

public sealed class ControlTests
{
    [Fact]
    public async Task Faults_OverHttp_AreAddedAndCleared()
    {
        await using var github = await GitHub.StartAsync();

        var added = await github.PostAsync("/_simulator/faults", new { method = "GET", path = "^/user$", status = 503, times = 5, retryAfter = 1 });
        var hit = await github.GetAsync("/user");
        var cleared = await github.DeleteAsync("/_simulator/faults");
        var after = await github.GetAsync("/user");
        var wrong = await github.PostAsync("/_simulator/faults", new { methd = "GET" });

        added.Status.ShouldBe(HttpStatusCode.NoContent);
        hit.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        hit.Headers["Retry-After"].ShouldBe("1");
        cleared.Status.ShouldBe(HttpStatusCode.NoContent);
        after.Status.ShouldBe(HttpStatusCode.OK);
        wrong.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Requests_OverHttp_TellMethodPathBodyUser()
    {
        await using var github = await GitHub.StartAsync();
        await github.OpenAsync("Sync stuck");

        var entry = (await github.GetAsync("/_simulator/requests")).List.ShouldHaveSingleItem()!;
        await github.DeleteAsync("/_simulator/requests");

        ((string?)entry["method"]).ShouldBe("POST");
        ((string?)entry["path"]).ShouldBe("/repos/acme/maps/issues");
        ((string?)entry["body"])!.ShouldContain("Sync stuck");
        ((string?)entry["user"]).ShouldBe("ada");
        ((int)entry["status"]!).ShouldBe(201);
        entry.ToJsonString().ShouldNotContain("user:ada", customMessage: "the log must not hold tokens");
        github.Simulator.Requests.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Users_OverHttp_GetTokenAndPermission()
    {
        await using var github = await GitHub.StartAsync();

        await github.PostAsync("/_simulator/users", new
        {
            login = "medic",
            token = "t-1",
            scopes = new[] { "repo" },
            permissions = new Dictionary<string, string> { [GitHub.Repo] = "triage" },
            onlyKnownTokens = true,
        });

        (await github.GetAsync("/user", "t-1")).Word("login").ShouldBe("medic");
        (await github.GetAsync(GitHub.Path("/collaborators/medic/permission"), "t-1")).Word("role_name").ShouldBe("triage");
        (await github.GetAsync("/user", "t-2")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Reset_OverHttp_ForgetsEverything()
    {
        await using var github = await GitHub.StartAsync();
        await github.OpenAsync();
        github.Simulator.Access.AcceptOnlyKnownTokens();

        await github.PostAsync("/_simulator/reset", string.Empty);

        github.Simulator.Store.Repositories.ShouldBeEmpty();
        (await github.OpenAsync()).ShouldBe(1);
    }
}
