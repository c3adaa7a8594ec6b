using System.Collections.Concurrent;
using System.Net;
using FieldMedic.Cli.Tests;
using FieldMedic.Server.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace FieldMedic.Server.Tests.Operations;

public sealed class MetricsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_AfterARepair_CountItForPrometheus()
    {
        await using var desk = await Desk.OpenAsync();
        await using var serve = await ServeProcess.StartAsync(desk, "--metrics", "http://127.0.0.1:0");
        desk.Door(isOpen: false);
        var number = desk.FileIssue("The door is stuck");
        await desk.GitHub.Store.WhenIssueAsync(Desk.Repository, number, i => i.State == "closed", Token);

        using var http = new HttpClient();
        var text = await http.GetStringAsync(serve.MetricsUrl, Token);

        Value(text, "fieldmedic_incidents_opened_total", "system=\"tiny\"").ShouldBe(1);
        Value(text, "fieldmedic_actions_total", "remedy=\"open\"").ShouldBe(1);
        Value(text, "fieldmedic_verdicts_total", "verdict=\"resolved\"").ShouldBe(1);
        Value(text, "fieldmedic_incidents_reported_total", "outcome=\"closed\"").ShouldBe(1);
        text.ShouldContain("fieldmedic_stage_duration_seconds_bucket");
        text.ShouldContain("http_server_request_duration_seconds_count{");
        text.ShouldContain("http_route=\"/webhooks/github\"");
        text.ShouldNotContain("stuck", Case.Insensitive, "no text of an issue");
    }

    [Fact]
    public async Task Metrics_OnTheWebhooksPort_AreNotThereWhateverTheHostHeaderSays()
    {
        await using var desk = await Desk.OpenAsync();
        await using var serve = await ServeProcess.StartAsync(desk, "--metrics", "http://127.0.0.1:0");
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(serve.Url!, "/metrics"));
        request.Headers.Host = serve.MetricsUrl!.Authority;

        using var answer = await http.SendAsync(request, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Telemetry_WithACollector_SendsTracesAndMetrics()
    {
        var seen = new ConcurrentDictionary<string, byte[]>();
        await using var collector = await CollectorAsync(seen);
        await using var desk = await Desk.OpenAsync();
        desk.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First();
        desk.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        await using var serve = await ServeProcess.StartAsync(desk);
        desk.Door(isOpen: false);
        var number = desk.FileIssue("The door is stuck");
        await desk.GitHub.Store.WhenIssueAsync(Desk.Repository, number, i => i.State == "closed", Token);

        (await serve.StopAsync()).Code.ShouldBe(0);

        seen.Keys.ShouldBe(["/v1/traces", "/v1/metrics"], ignoreOrder: true);
        System.Text.Encoding.Latin1.GetString(seen["/v1/traces"]).ShouldContain("diagnose");
        System.Text.Encoding.Latin1.GetString(seen["/v1/metrics"]).ShouldContain("fieldmedic.incidents.opened");
    }

    private static async Task<WebApplication> CollectorAsync(ConcurrentDictionary<string, byte[]> seen)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            seen.AddOrUpdate(context.Request.Path.Value!, body.ToArray(), (_, before) => [.. before, .. body.ToArray()]);
        });
        await app.StartAsync(Token);
        return app;
    }

    private static double Value(string text, string name, string label)
        => double.Parse(text.Split('\n').Single(l => l.StartsWith(name + "{", StringComparison.Ordinal) && l.Contains(label, StringComparison.Ordinal)).Split('}')[1].Trim().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
}
