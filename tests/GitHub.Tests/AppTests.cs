using System.Security.Cryptography;
using FieldMedic.GitHub.Identity;
using FieldMedic.GitHub.Tests.Harness;
using FieldMedic.Incidents;
using FieldMedic.Tracker;
using GitHubSimulator.Control;
using Testing.GitHubOpenApi;

namespace FieldMedic.GitHub.Tests;

public sealed class AppTests : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly ShiftedTime _time = new();

    [Fact]
    public async Task App_WritesAsItsBot_WithOneToken()
    {
        await using var office = await OpenAsync();
        using var tracker = As(office);

        await tracker.CreateCommentAsync(office.Ref, "report", Office.Cancel);
        await tracker.ChangeLabelsAsync(office.Ref, ["resolved"], [], Office.Cancel);
        await tracker.CloseAsync(office.Ref, Office.Proof, Office.Cancel);
        var issue = await tracker.GetIssueAsync(office.Ref, Office.Cancel);

        issue.Comments.ShouldHaveSingleItem().ShouldSatisfyAllConditions(c => c.Author.ShouldBe("medic[bot]"), c => c.IsOurs.ShouldBeTrue());
        issue.ClosedByUs.ShouldBeTrue();
        office.Sent("POST", "/access_tokens").ShouldBe(1);
        office.Sent("GET", "/installation").ShouldBe(1);
        office.Sent("GET", "/user").ShouldBe(0);
        (await tracker.RoleOfAsync(office.Ref, "ada", Office.Cancel)).ShouldBe(RepositoryRole.Read);
    }

    [Fact]
    public async Task App_EveryAnswer_FitsGitHubsDescription()
    {
        var description = OpenApiFile.TryLoad();
        Assert.SkipUnless(description is not null, OpenApiFile.HowToGetIt);
        await using var office = await OpenAsync();
        using var tracker = As(office);

        await tracker.GetIssueAsync(office.Ref, Office.Cancel);

        office.GitHub.Requests.All.SelectMany(r => description.ValidateRequest(r.Method, r.Path + r.Query, r.Body)).ShouldBeEmpty();
        office.GitHub.Requests.All.SelectMany(r => description.Validate(r.Method, r.Path, r.Status, r.ResponseBody)).ShouldBeEmpty();
    }

    [Fact]
    public async Task App_TokenNearItsEnd_IsRenewed()
    {
        await using var office = await OpenAsync();
        using var tracker = As(office);
        await tracker.CreateCommentAsync(office.Ref, "one", Office.Cancel);

        _time.By = TimeSpan.FromMinutes(54);
        await tracker.CreateCommentAsync(office.Ref, "two", Office.Cancel);
        office.Sent("POST", "/access_tokens").ShouldBe(1);
        _time.By = TimeSpan.FromMinutes(56);
        await tracker.CreateCommentAsync(office.Ref, "three", Office.Cancel);

        office.Sent("POST", "/access_tokens").ShouldBe(2);
    }

    [Fact]
    public async Task App_TokenRevokedMidway_GetsAnotherAndWritesOnce()
    {
        await using var office = await OpenAsync();
        using var tracker = As(office);
        await tracker.GetIssueAsync(office.Ref, Office.Cancel);

        office.GitHub.Apps.RevokeTokens();
        await tracker.CreateCommentAsync(office.Ref, "report", Office.Cancel);

        office.Now.Comments.ShouldHaveSingleItem().Author.ShouldBe("medic[bot]");
        office.Sent("POST", "/access_tokens").ShouldBe(2);
    }

    [Fact]
    public async Task App_TokenNeverTaken_FailsAfterTwo()
    {
        await using var office = await OpenAsync();
        using var tracker = As(office);
        office.GitHub.Faults.Add(new Fault { Method = "POST", Path = "/comments$", Status = 401, Times = 100 });

        var thrown = await Office.FailAsync(() => tracker.CreateCommentAsync(office.Ref, "report", Office.Cancel));

        thrown.Failure.ShouldBe(TrackerFailure.Unauthorized);
        thrown.ToString().ShouldNotContain("ghs_");
        office.Sent("POST", "/comments").ShouldBe(2);
    }

    [Fact]
    public async Task App_ManyCallsAtOnce_ShareOneToken()
    {
        await using var office = await OpenAsync();
        using var tracker = As(office);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tracker.GetIssueAsync(office.Ref, Office.Cancel)));

        office.Sent("POST", "/access_tokens").ShouldBe(1);
    }

    [Fact]
    public async Task App_NotInstalledHere_SaysToInstallIt()
    {
        await using var office = await OpenAsync("acme/other");
        using var tracker = As(office);

        var thrown = await Office.FailAsync(() => tracker.GetIssueAsync(office.Ref, Office.Cancel));

        thrown.Failure.ShouldBe(TrackerFailure.NotFound);
        thrown.Message.ShouldContain("not installed");
    }

    [Fact]
    public async Task App_TokenOfOneInstallation_IsNoneForAnotherRepository()
    {
        await using var office = await OpenAsync();
        var elsewhere = new IssueRef("acme/other", office.GitHub.Store.OpenIssue("acme/other", "ada", "Mine").Number);
        using var tracker = As(office, installation: 70);

        (await Office.FailAsync(() => tracker.CreateCommentAsync(elsewhere, "hello", Office.Cancel))).Failure.ShouldBe(TrackerFailure.NotFound);
    }

    [Fact]
    public async Task App_OtherKey_IsNotBelievedAndNothingIsQuoted()
    {
        using var other = RSA.Create(2048);
        await using var office = await OpenAsync();
        var pem = other.ExportRSAPrivateKeyPem();
        using var tracker = As(office, key: () => pem);

        var thrown = await Office.FailAsync(() => tracker.GetIssueAsync(office.Ref, Office.Cancel));

        thrown.Failure.ShouldBe(TrackerFailure.Unauthorized);
        thrown.Message.ShouldContain("could not be decoded");
        thrown.ToString().ShouldNotContain("eyJ");
    }

    [Theory]
    [InlineData(null, "there is no private key")]
    [InlineData("  ", "there is no private key")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nsecret\n-----END RSA PRIVATE KEY-----", "cannot be read")]
    [InlineData("secret", "cannot be read")]
    public async Task App_KeyThatIsNone_SaysWhatItMustBe(string? pem, string said)
    {
        await using var office = await OpenAsync();
        using var tracker = As(office, key: () => pem);

        var thrown = await Office.FailAsync(() => tracker.GetIssueAsync(office.Ref, Office.Cancel));

        thrown.Failure.ShouldBe(TrackerFailure.Unauthorized);
        thrown.Message.ShouldContain(said);
        thrown.ToString().ShouldNotContain("secret");
        office.GitHub.Requests.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task App_KeyWithWrittenLineBreaks_IsRead()
    {
        await using var office = await OpenAsync();
        using var tracker = As(office, key: () => _key.ExportPkcs8PrivateKeyPem().ReplaceLineEndings("\\n"));

        (await tracker.GetIssueAsync(office.Ref, Office.Cancel)).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Doctor_App_ChecksWhatItMayDo()
    {
        await using var office = await OpenAsync();

        var checks = await new GitHubDoctor(Settings(office), _time).CheckAsync(Office.Repository, Office.Cancel);

        checks.ShouldAllBe(check => check.IsOk);
        checks.Single(c => c.Name == "token").Detail.ShouldStartWith("acts as medic[bot]");
        checks.Single(c => c.Name == "app").Detail.ShouldContain("issues: write");
    }

    [Fact]
    public async Task Doctor_KeyMissing_SaysWhichVariable()
    {
        await using var office = await OpenAsync();

        var checks = await new GitHubDoctor(Settings(office, key: () => null), _time).CheckAsync(Office.Repository, Office.Cancel);

        checks.Single(c => !c.IsOk).Detail.ShouldContain("FIELDMEDIC_APP_PRIVATE_KEY_FILE");
    }

    public void Dispose() => _key.Dispose();

    private async Task<Office> OpenAsync(string installedOn = Office.Repository)
    {
        var office = await Office.OpenAsync(_time);
        office.GitHub.Apps.Add(7, "medic", _key.ExportSubjectPublicKeyInfoPem(), installedOn);
        return office;
    }

    private GitHubSettings Settings(Office office, Func<string?>? key = null, long? installation = null) => office.Settings(null) with
    {
        App = new GitHubAppSettings { AppId = "7", PrivateKey = key ?? _key.ExportRSAPrivateKeyPem, InstallationId = installation },
    };

    private GitHubTracker As(Office office, Func<string?>? key = null, long? installation = null) => new(Settings(office, key, installation), _time);
}
