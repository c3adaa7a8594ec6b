using FieldMedic.Cli.Demo;
using FieldMedic.Dashboard.Tests.Harness;
using FieldMedic.Hosting;
using FieldMedic.Server;
using GitHubSimulator.Webhooks;
using Microsoft.Extensions.Logging;

namespace FieldMedic.Dashboard.Tests.Browsing;

/// <summary>The demo's system of real processes: its worker is killed, an issue is filed, and a page that nobody touches tells it.</summary>
public sealed class LiveTests(Chromium chromium)
{
    private const string Secret = "a secret of the webhook";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Incident_Real_AppearsAndEndsWithoutAReload()
    {
        await using var stage = await DemoStage.StartAsync(Token);
        var settings = stage.Settings();
        settings = settings with
        {
            Variables = new Dictionary<string, string>(settings.Variables) { ["DEMO_WINDOW"] = "3s" },
            Dashboard = new DashboardSettings { Address = "http://127.0.0.1:0" },
        };
        await using var host = await FieldMedicHost.OpenAsync(settings, HostNeeds.Store | HostNeeds.Tracker | HostNeeds.Inbox, Token);
        var serve = new ServerSettings { Secrets = () => [Secret], Listen = new Uri("http://127.0.0.1:0") };
        await using var server = await ServerHost.StartAsync([host], serve, logging => logging.SetMinimumLevel(LogLevel.None), Token);
        await using var dashboard = await DashboardServer.StartAsync([host], logging => logging.SetMinimumLevel(LogLevel.None), Token);
        stage.GitHub.Webhooks.Target(new WebhookTarget(new Uri(server.Url!, "webhooks/github"), () => Secret));
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync(dashboard.Url, "/");
        await tab.Page.GetByText("Open incidents (0)").WaitForAsync();
        await tab.Page.EvaluateAsync("window.neverReloaded = true");

        var scenario = DemoScenario.All[0];
        scenario.Break(stage.Folder);
        var number = stage.GitHub.Store.OpenIssue(DemoStage.Repository, "ada", "<script>alert(1)</script> " + scenario.Title, scenario.Body).Number;
        await tab.Page.GetByText("Open incidents (1)").WaitForAsync();
        await stage.GitHub.Store.WhenIssueAsync(DemoStage.Repository, number, i => i.State == "closed", Token);
        await tab.Page.GetByText("Open incidents (0)").WaitForAsync();
        await tab.Page.Locator("main .good", new() { HasText = "closed" }).First.WaitForAsync();

        (await tab.Page.EvaluateAsync<bool>("window.neverReloaded")).ShouldBeTrue();
        var page = await tab.Page.ContentAsync();
        page.ShouldContain($"{stage.GitHub.PageOf(DemoStage.Repository, number)}");
        page.ShouldNotContain("alert(1)");
        tab.Complaints.ShouldBeEmpty();
        await server.StopAsync(Token);
    }
}
