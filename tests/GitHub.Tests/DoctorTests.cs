using FieldMedic.GitHub.Tests.Harness;
using GitHubSimulator.Control;
using GitHubSimulator.State;

namespace FieldMedic.GitHub.Tests;

public sealed class DoctorTests
{
    [Fact]
    public async Task Check_AllWell_FindsNothing()
    {
        await using var office = await Office.OpenAsync();
        var checks = await new GitHubDoctor(office.Settings("any"), TimeProvider.System).CheckAsync(Office.Repository, Office.Cancel);
        checks.ShouldAllBe(check => check.IsOk && check.NextStep == null);
        checks.Select(check => check.Name).ShouldBe(["address", "token", "repository", "issues", "scopes", "role", "rate limit", "clock"]);
        checks.Single(check => check.Name == "token").Detail.ShouldBe("acts as fieldmedic-bot");
        office.GitHub.Requests.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Check_NoToken_SaysSo()
    {
        await using var office = await Office.OpenAsync();
        (await Bad(office, null)).ShouldBe(["token"]);
    }

    [Fact]
    public async Task Check_WrongToken_SaysSo()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Access.AcceptOnlyKnownTokens();
        (await Bad(office, "ghp_secret")).ShouldBe(["token"]);
    }

    [Fact]
    public async Task Check_HiddenRepository_SaysSo()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Access.Grant(Office.Repository, Office.Us, Permission.None);
        (await Bad(office, "any")).ShouldBe(["repository"]);
    }

    [Fact]
    public async Task Check_ReadOnlyWithoutScope_SaysBoth()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Access.AddToken("ghp_x", "ada", "read:org");
        office.GitHub.Access.Grant(Office.Repository, "ada", Permission.Read);
        (await Bad(office, "ghp_x")).ShouldBe(["scopes", "role"]);
    }

    [Fact]
    public async Task Check_ClockOff_SaysSo()
    {
        await using var office = await Office.OpenAsync();
        var checks = await new GitHubDoctor(office.Settings("any"), office.Time).CheckAsync(Office.Repository, Office.Cancel);
        checks.Where(check => !check.IsOk).ShouldHaveSingleItem().Name.ShouldBe("clock");
    }

    [Fact]
    public async Task Check_GitHubDown_DoesNotThrow()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Faults.Add(new Fault { Status = 503, Times = 100 });
        var checks = await new GitHubDoctor(office.Settings("any"), office.Time).CheckAsync(Office.Repository, Office.Cancel);
        checks.Where(check => !check.IsOk).ShouldHaveSingleItem().Detail.ShouldContain("503");
    }

    [Fact]
    public async Task Check_PlainHttpFarAway_IsWarnedOf()
    {
        var far = new GitHubSettings { Token = () => null, ApiUrl = new Uri("http://github.example/api/v3") };
        var checks = await new GitHubDoctor(far, TimeProvider.System).CheckAsync(Office.Repository, Office.Cancel);
        checks[0].ShouldSatisfyAllConditions(check => check.Name.ShouldBe("address"), check => check.IsOk.ShouldBeFalse());
    }

    private static async Task<IEnumerable<string>> Bad(Office office, string? token)
    {
        var checks = await new GitHubDoctor(office.Settings(token), TimeProvider.System).CheckAsync(Office.Repository, Office.Cancel);
        checks.Where(check => !check.IsOk).ShouldAllBe(check => !string.IsNullOrEmpty(check.NextStep) && !check.Detail.Contains("secret"));
        return checks.Where(check => !check.IsOk).Select(check => check.Name);
    }
}
