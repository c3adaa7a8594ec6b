using FieldMedic.Cli.Demo;
using FieldMedic.Hosting;
using FieldMedic.Server.Tests.Harness;
using GitHubSimulator.Webhooks;
using Microsoft.Extensions.Logging;

namespace FieldMedic.Server.Tests.Serve;

/// <summary>The demo's system of real processes: its worker is really killed, an issue is filed, nobody types anything.</summary>
[Collection(nameof(Alone))]
public sealed class DemoSystemTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Worker_Killed_IsFixedProvedAndClosed(bool byPoller)
    {
        await using var stage = await DemoStage.StartAsync(Token);
        var settings = stage.Settings() with { Variables = new Dictionary<string, string>(stage.Settings().Variables) { ["DEMO_WINDOW"] = "1s" } };
        await using var host = await FieldMedicHost.OpenAsync(settings, HostNeeds.Store | HostNeeds.Tracker | HostNeeds.Inbox, Token);
        var serve = new ServerSettings
        {
            Secrets = () => [Door.Secret],
            Listen = byPoller ? null : new Uri("http://127.0.0.1:0"),
            PollEvery = byPoller ? TimeSpan.FromMilliseconds(500) : null,
        };
        await using var server = await ServerHost.StartAsync([host], serve, logging => logging.SetMinimumLevel(LogLevel.None), Token);
        if (server.Url is { } url)
        {
            stage.GitHub.Webhooks.Target(new WebhookTarget(new Uri(url, "webhooks/github"), () => Door.Secret));
        }

        var scenario = DemoScenario.All[0];
        scenario.Break(stage.Folder);
        var opened = TimeProvider.System.GetTimestamp();
        var number = stage.GitHub.Store.OpenIssue(DemoStage.Repository, "ada", scenario.Title, scenario.Body).Number;
        await stage.GitHub.Store.WhenIssueAsync(DemoStage.Repository, number, i => i.Reactions.Any(r => r.Content == "eyes"), Token);
        TestContext.Current.TestOutputHelper!.WriteLine($"seen after {TimeProvider.System.GetElapsedTime(opened).TotalMilliseconds:0} ms");
        var closed = await stage.GitHub.Store.WhenIssueAsync(DemoStage.Repository, number, i => i.State == "closed", Token);
        await server.StopAsync(Token);

        TestContext.Current.TestOutputHelper!.WriteLine($"closed after {TimeProvider.System.GetElapsedTime(opened).TotalSeconds:0.0} s");
        closed.Comments.ShouldHaveSingleItem().Body.ShouldContain("worker");
        stage.GitHub.Store.LabelsOf(DemoStage.Repository, number).ShouldContain("resolved");
        stage.Folder.ProcessOf(DemoFolder.Worker).ShouldNotBeNull();
    }
}
