using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GitHubSimulator.Tests.Harness;
using GitHubSimulator.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Testing.GitHubOpenApi;

namespace GitHubSimulator.Tests;

public sealed class WebhookTests : IAsyncDisposable
{
    private const string Secret = "between us";
    private readonly ConcurrentQueue<Received> _received = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private WebApplication? _listener;
    private RunningSimulator? _simulator;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RunningSimulator Simulator => _simulator!;

    [Fact]
    public async Task Change_OfEveryHandledKind_IsSentSignedAndAsGitHubDescribes()
    {
        Requirement.Need(File.Exists(Path.Combine(OpenApiFile.NodeFolder ?? "", "node_modules/@octokit/webhooks-schemas/schema.json")), OpenApiFile.HowToGetIt);
        await StartAsync();
        LiveALife();
        Simulator.Webhooks.Ping("acme/maps");
        var received = await TakeAsync(11);

        received.Select(r => $"{r.Event} {r.Action}".Trim()).ShouldBe(
            ["issues opened", "issues labeled", "issues edited", "issue_comment created", "issue_comment edited", "issue_comment deleted", "issues labeled", "issues unlabeled", "issues closed", "issues reopened", "ping"]);
        received.ShouldAllBe(r => r.IsSigned);
        received.Select(r => r.Id).Distinct().Count().ShouldBe(11);
        (await CheckAsync(received)).ShouldBe("");
    }

    [Fact]
    public async Task Disturb_Lose_IsNeverSentAndCanBeRedelivered()
    {
        await StartAsync();
        Simulator.Webhooks.Disturb(new Disturbance { Lose = 1 });
        Simulator.Store.OpenIssue("acme/maps", "ada", "lost");
        Simulator.Store.OpenIssue("acme/maps", "ada", "not lost");
        (await TakeAsync(1))[0].Body["issue"]!["title"]!.GetValue<string>().ShouldBe("not lost");

        var lost = Simulator.Webhooks.Sent.Single(s => s.IsLost);
        Simulator.Webhooks.Redeliver(lost.Id).ShouldBeTrue();

        var again = (await TakeAsync(1))[0];
        again.Id.ShouldBe(lost.Id.ToString());
        again.Body["issue"]!["title"]!.GetValue<string>().ShouldBe("lost");
    }

    [Fact]
    public async Task Disturb_DuplicateAndReverse_ComeTwiceAndBackwards()
    {
        await StartAsync();
        using var http = new HttpClient { BaseAddress = Simulator.Url };
        (await http.PostAsJsonAsync("/_simulator/webhooks", new { duplicate = 1 }, Token)).EnsureSuccessStatusCode();
        Simulator.Store.OpenIssue("acme/maps", "ada", "a");
        var twice = await TakeAsync(2);
        Simulator.Webhooks.Disturb(new Disturbance { Reverse = 2 });
        Simulator.Store.OpenIssue("acme/maps", "ada", "b");
        Simulator.Store.OpenIssue("acme/maps", "ada", "c");
        var backwards = await TakeAsync(2);

        twice[0].Id.ShouldBe(twice[1].Id);
        backwards.Select(r => r.Body["issue"]!["title"]!.GetValue<string>()).ShouldBe(["c", "b"]);
    }

    [Fact]
    public async Task Change_NobodyListens_DoesNotHoldUpTheApi()
    {
        _simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Webhook = new WebhookTarget(new Uri("http://127.0.0.1:9"), () => Secret) }, Token);

        Simulator.Store.OpenIssue("acme/maps", "ada", "a").Number.ShouldBe(1);
    }

    [Theory]
    [InlineData("--webhook", "http://127.0.0.1:1")]
    [InlineData("--webhook-secret-env", "NAME")]
    [InlineData("--webhook", "nowhere", "--webhook-secret-env", "PATH")]
    public async Task CommandLine_HalfAWebhook_IsRefused(params string[] arguments)
    {
        var (exitCode, _, error) = await SimulatorProcess.RunAsync(arguments);

        exitCode.ShouldBe(64);
        error.ShouldContain("--webhook");
    }

    public async ValueTask DisposeAsync()
    {
        if (_simulator is not null)
        {
            await _simulator.DisposeAsync();
        }

        if (_listener is not null)
        {
            await _listener.DisposeAsync();
        }

        _arrived.Dispose();
    }

    private void LiveALife()
    {
        var store = Simulator.Store;
        var number = store.OpenIssue("acme/maps", "ada", "Stuck", "It does not move.", "bug").Number;
        store.EditIssue("acme/maps", number, "ada", "Stuck at 50 %", "It does not move at all.");
        var comment = store.AddComment("acme/maps", number, "bob", "me, too").Id;
        store.EditComment("acme/maps", comment, "bob", "not me");
        store.DeleteComment("acme/maps", comment, "bob");
        store.AddLabel("acme/maps", number, "eve", "urgent");
        store.RemoveLabel("acme/maps", number, "eve", "urgent");
        store.CloseIssue("acme/maps", number, "eve");
        store.ReopenIssue("acme/maps", number, "ada");
    }

    private async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _listener = builder.Build();
        _listener.MapPost("/hook", async (HttpContext context) =>
        {
            using var memory = new MemoryStream();
            await context.Request.Body.CopyToAsync(memory, Token);
            var body = memory.ToArray();
            var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body));
            var headers = context.Request.Headers;
            _received.Enqueue(new Received(headers["X-GitHub-Event"]!, headers["X-GitHub-Delivery"]!, headers["X-Hub-Signature-256"] == signature, JsonNode.Parse(body)!.AsObject()));
            _arrived.Release();
        });
        await _listener.StartAsync(Token);
        _simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Webhook = new WebhookTarget(new Uri(_listener.Urls.First() + "/hook"), () => Secret) }, Token);
    }

    private async Task<List<Received>> TakeAsync(int count)
    {
        var taken = new List<Received>();
        while (taken.Count < count)
        {
            await _arrived.WaitAsync(Token);
            taken.Add(_received.TryDequeue(out var next) ? next : throw new InvalidOperationException("Nothing arrived."));
        }

        return taken;
    }

    private static async Task<string> CheckAsync(IEnumerable<Received> received)
    {
        var start = new ProcessStartInfo(Requirement.Program("node"), [Path.Combine(OpenApiFile.NodeFolder!, "check-webhooks.mjs")]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        foreach (var one in received)
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { @event = one.Event, body = one.Body }));
        }

        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return process.ExitCode == 0 ? "" : output;
    }

    private sealed record Received(string Event, string Id, bool IsSigned, JsonObject Body)
    {
        public string? Action => (string?)Body["action"];
    }
}
