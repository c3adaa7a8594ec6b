using FieldMedic.GitHub.Tests.Harness;
using Testing.GitHubOpenApi;

namespace FieldMedic.GitHub.Tests;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Requests_OfEveryCall_FitGitHubsDescription()
    {
        var description = OpenApiFile.TryLoad();
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            description.ShouldNotBeNull(OpenApiFile.HowToGetIt);
        }

        Assert.SkipUnless(description is not null, OpenApiFile.HowToGetIt);
        await using var office = await Office.OpenAsync();
        foreach (var name in Calls.Names)
        {
            await (await Calls.PrepareAsync(name, office)).Run();
        }

        await new GitHubDoctor(office.Settings("any"), office.Time).CheckAsync(Office.Repository, Office.Cancel);
        var requests = office.GitHub.Requests.All;
        requests.Count.ShouldBeGreaterThan(15);
        requests.SelectMany(r => description.ValidateRequest(r.Method, r.Path + r.Query, r.Body)).ShouldBeEmpty();
        requests.SelectMany(r => description.Validate(r.Method, r.Path, r.Status, r.ResponseBody)).ShouldBeEmpty();
    }
}
