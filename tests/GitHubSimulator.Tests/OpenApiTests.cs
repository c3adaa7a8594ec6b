using GitHubSimulator.Tests.Harness;
using Testing.GitHubOpenApi;

namespace GitHubSimulator.Tests;

/// <summary>The check must be able to fail, or its silence means nothing.</summary>
public sealed class OpenApiTests
{
    private static GitHubOpenApi Description
    {
        get
        {
            var description = OpenApiFile.TryLoad();
            Requirement.Need(description is not null, OpenApiFile.HowToGetIt);
            return description!;
        }
    }

    [Fact]
    public async Task Validate_AnswerWithoutRequiredField_NamesIt()
    {
        await using var github = await GitHub.StartAsync();
        await github.OpenAsync();
        var issue = (await github.GetAsync(GitHub.Path("/issues/1"))).Json.AsObject();
        Description.Validate("GET", GitHub.Path("/issues/1"), 200, issue.ToJsonString()).ShouldBeEmpty();

        issue.Remove("user");
        issue["number"] = "one";

        var problems = string.Join('\n', Description.Validate("GET", GitHub.Path("/issues/1"), 200, issue.ToJsonString()));
        problems.ShouldContain("user");
        problems.ShouldContain("number");
    }

    [Theory]
    [InlineData("GET", "/repos/a/b/issues/1", 200, "")]
    [InlineData("GET", "/repos/a/b/issues/1", 200, "{}")]
    [InlineData("POST", "/repos/a/b/issues", 200, "{}")]
    [InlineData("GET", "/repos/a/b/issue/1", 200, "{}")]
    [InlineData("DELETE", "/repos/a/b/issues/1/labels", 204, "{}")]
    [InlineData("POST", "/repos/a/b/issues", 422, """{"message":"x"}""")]
    [InlineData("GET", "/repos/a/b/issues/1/labels", 200, """[{"name":"x"}]""")]
    public void Validate_ImpossibleAnswer_IsFound(string method, string path, int status, string body) =>
        Description.Validate(method, path, status, body).ShouldNotBeEmpty();

    [Theory]
    [InlineData("POST", "/repos/a/b/issues", """{"title":"x","labels":["bug"]}""")]
    [InlineData("PATCH", "/repos/a/b/issues/1", """{"state":"closed","state_reason":"completed"}""")]
    [InlineData("PATCH", "/repos/a/b/issues/comments/1", """{"body":"x"}""")]
    [InlineData("POST", "/repos/a/b/issues/1/labels", """{"labels":["resolved"]}""")]
    [InlineData("GET", "/repos/a/b/issues/1/comments?per_page=100&page=2&since=2026-01-01T00:00:00Z", null)]
    [InlineData("DELETE", "/repos/a/b/issues/1/labels/x%20y", null)]
    public void ValidateRequest_GoodRequest_Passes(string method, string path, string? body) =>
        Description.ValidateRequest(method, path, body).ShouldBeEmpty();

    [Theory]
    [InlineData("POST", "/repos/a/b/issues", null)]
    [InlineData("POST", "/repos/a/b/issues", """{"title":"x","label":["bug"]}""")]
    [InlineData("PATCH", "/repos/a/b/issues/1", """{"state":"done"}""")]
    [InlineData("PATCH", "/repos/a/b/issues/comments/1", """{"text":"x"}""")]
    [InlineData("PUT", "/repos/a/b/issues/1", """{"state":"closed"}""")]
    [InlineData("GET", "/repos/a/b/issues?pagesize=3", null)]
    [InlineData("POST", "/repos/a/b/issues/1/reactions", """{"content":"meh"}""")]
    public void ValidateRequest_BadRequest_IsFound(string method, string path, string? body) =>
        Description.ValidateRequest(method, path, body).ShouldNotBeEmpty();
}
