using System.Net;
using GitHubSimulator.Tests.Harness;

namespace GitHubSimulator.Tests;

public sealed class AppTests : IDisposable
{
    private readonly AppKey key = new();

    [Fact]
    public async Task App_AsksWithItsSignature_IsToldAboutItselfAndGetsAToken()
    {
        await using var github = await StartAsync();

        (await github.GetAsync("/app", key.Sign())).Word("slug").ShouldBe("medic");
        (await github.GetAsync("/app/installations/70", key.Sign())).Number("app_id").ShouldBe(7);
        (await github.GetAsync(GitHub.Path("/installation"), key.Sign())).Number("id").ShouldBe(70);
        var token = await github.SendAsync(HttpMethod.Post, "/app/installations/70/access_tokens", token: key.Sign());
        token.Status.ShouldBe(HttpStatusCode.Created);
        await github.OpenAsync();
        var written = await github.PostAsync(GitHub.Path("/issues/1/comments"), new { body = "report" }, token.Word("token")!);
        ((string?)written.Json["user"]!["login"]).ShouldBe("medic[bot]");
        ((string?)written.Json["user"]!["type"]).ShouldBe("Bot");
        (await github.GetAsync("/user", token.Word("token"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await github.GetAsync("/repos/acme/other", token.Word("token"))).Status.ShouldBe(HttpStatusCode.NotFound);
        github.Simulator.Apps.RevokeTokens();
        (await github.GetAsync(GitHub.Path("/issues/1"), token.Word("token"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(60, 600, "7", "RS256")]
    [InlineData(-60, 700, "7", "RS256")]
    [InlineData(-600, -60, "7", "RS256")]
    [InlineData(-60, 500, "8", "RS256")]
    [InlineData(-60, 500, "7", "HS256")]
    public async Task App_SignatureThatIsNotGood_IsNotBelieved(int from, int until, string app, string algorithm)
    {
        await using var github = await StartAsync();

        (await github.GetAsync("/app", key.Sign(from, until, app, algorithm))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task App_TokenOfAPerson_IsNoApp()
    {
        await using var github = await StartAsync();

        (await github.GetAsync("/app")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await github.GetAsync("/app/installations/71", key.Sign())).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("Bearer", HttpStatusCode.OK)]
    [InlineData("bearer", HttpStatusCode.OK)]
    [InlineData("token", HttpStatusCode.Unauthorized)]
    public async Task App_Signature_IsTakenFromABearerOnly(string scheme, HttpStatusCode status)
    {
        await using var github = await StartAsync();

        var answer = await github.SendAsync(
            HttpMethod.Get, "/app", token: null, change: request => request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {key.Sign()}"));

        answer.Status.ShouldBe(status);
    }

    public void Dispose() => key.Dispose();

    private async Task<GitHub> StartAsync()
    {
        var github = await GitHub.StartAsync();
        github.Simulator.Apps.Add(7, "medic", key.PublicPem, GitHub.Repo);
        return github;
    }
}
