using System.Security.Cryptography;
using FieldMedic.GitHub.Feed;
using FieldMedic.GitHub.Identity;
using FieldMedic.GitHub.Tests.Harness;
using Testing.GitHubOpenApi;

namespace FieldMedic.GitHub.Tests;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Requests_OfEveryCall_AreTheEndpointsInUse()
    {
        var description = Description();
        using var key = RSA.Create(2048);
        await using var office = await Office.OpenAsync();
        office.GitHub.Apps.Add(7, "medic", key.ExportSubjectPublicKeyInfoPem(), Office.Repository);
        // The stand-in checks signatures by the real clock, and a governor goes by one clock.
        var asApp = office.Settings(null) with { Governor = new Governor(), App = new GitHubAppSettings { AppId = "7", PrivateKey = key.ExportRSAPrivateKeyPem } };

        await RunAllAsync(office);
        using var app = new GitHubTracker(asApp, TimeProvider.System);
        await app.GetIssueAsync(office.Ref, Office.Cancel);

        var requests = office.GitHub.Requests.All;
        requests.Select(r => description.RouteOf(r.Method, r.Path)).Distinct().ShouldBe(EndpointsInUse.Routes, ignoreOrder: true);
        requests.SelectMany(r => description.ValidateRequest(r.Method, r.Path + r.Query, r.Body)).ShouldBeEmpty();
        requests.SelectMany(r => description.Validate(r.Method, r.Path, r.Status, r.ResponseBody)).ShouldBeEmpty();
    }

    private static GitHubOpenApi Description()
    {
        var description = OpenApiFile.TryLoad();
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            description.ShouldNotBeNull(OpenApiFile.HowToGetIt);
        }

        Assert.SkipUnless(description is not null, OpenApiFile.HowToGetIt);
        return description;
    }

    private static async Task RunAllAsync(Office office)
    {
        foreach (var name in Calls.Names)
        {
            await (await Calls.PrepareAsync(name, office)).Run();
        }

        // Those above leave the only label on, or there is none to take off any more.
        await office.Tracker.ChangeLabelsAsync(office.Ref, ["bug"], ["resolved"], Office.Cancel);
        await office.Tracker.RoleOfAsync(office.Ref, "ada", Office.Cancel);
        await new GitHubDoctor(office.Settings("any"), office.Time).CheckAsync(Office.Repository, Office.Cancel);
        using var feed = new GitHubFeed(office.Settings("any"), office.Time);
        await feed.LookAsync(Office.Repository, DateTimeOffset.UnixEpoch + TimeSpan.FromDays(1), Office.Cancel);
        await feed.ShowSeenAsync(office.Ref, Office.Cancel);
    }
}
