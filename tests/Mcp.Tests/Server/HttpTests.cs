using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FieldMedic.Mcp.Tests.Harness;

namespace FieldMedic.Mcp.Tests.Server;

/// <summary><c>/mcp</c> of <c>fieldmedic serve</c>, by the official TypeScript client and by strangers.</summary>
public sealed class HttpTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private const string Hello = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"stranger","version":"1"}}}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_WithTheToken_RepairsAndProves()
    {
        await using var ward = await Ward.OpenAsync();
        ward.Break("worker-killed");
        await using var serving = await Serving.StartAsync(ward, Token);
        ward.Environment["MCP_TOKEN"] = Token;

        var session = await ward.SessionAsync([$"{serving.Url}mcp"],
        [
            new { tool = "system_status" },
            new { tool = "plan_remedy", arguments = new { problem = "worker_down", service = "worker" } },
            new { tool = "remediate", arguments = new { plan_id = "$1.plan_id" } },
        ]);

        var answers = session["answers"]!.AsArray();
        ((string?)answers[0]!["structuredContent"]!["state"]).ShouldBe("sick");
        ((string?)answers[2]!["structuredContent"]!["verdict"]).ShouldBe("resolved", answers[2]!.ToJsonString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer 0123456789abcdef0123456789abcdee")]
    [InlineData("Bearer 0123456789abcdef")]
    [InlineData("Basic 0123456789abcdef0123456789abcdef")]
    public async Task Request_WithoutTheToken_IsTurnedAway(string? authorization)
    {
        await using var ward = await Ward.OpenAsync();
        await using var serving = await Serving.StartAsync(ward, Token);

        foreach (var path in new[] { "mcp", "MCP", "mcp/" })
        {
            (await AskAsync(new Uri(serving.Url, path), authorization)).ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task Request_NoTokenIsSet_FindsNothing()
    {
        await using var ward = await Ward.OpenAsync();
        await using var serving = await Serving.StartAsync(ward, null);

        (await AskAsync(new Uri(serving.Url, "mcp"), $"Bearer {Token}")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Serve_ShortToken_RefusesToStart()
    {
        await using var ward = await Ward.OpenAsync();
        ward.Environment["FIELDMEDIC_WEBHOOK_SECRET"] = "x";
        ward.Environment["FIELDMEDIC_MCP_HTTP_TOKEN"] = "short";

        var ran = await ward.RunAsync(Ward.Executable, "serve", "--listen", "http://127.0.0.1:0");

        ran.Code.ShouldBe(64);
        ran.All.ShouldContain("FIELDMEDIC_MCP_HTTP_TOKEN");
    }

    private static async Task<HttpStatusCode> AskAsync(Uri url, string? authorization)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(Hello, Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await http.SendAsync(request, Cancel);
        return response.StatusCode;
    }
}
