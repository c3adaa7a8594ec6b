using System.Text.Json;
using System.Text.Json.Nodes;
using FieldMedic.Cli.Demo;
using FieldMedic.Mcp.Tests.Harness;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace FieldMedic.Mcp.Tests.Server;

/// <summary>What happens between two calls of one session.</summary>
public sealed class LiveTests
{
    [Fact]
    public async Task Remediate_AnotherPlanIsNeededByNow_DoesNothing()
    {
        await using var ward = await Ward.OpenAsync();
        ward.Break("worker-killed");
        await using var client = await ConnectAsync(ward);
        var plan = await CallAsync(client, "plan_remedy");
        ward.Stage.Folder.ProcessOf(DemoFolder.Api)!.Kill();

        var ran = await CallAsync(client, "remediate", ("plan_id", (string?)plan["plan_id"]));

        ((string?)ran["outcome"]).ShouldBe("escalated", ran.ToJsonString());
        ((string?)ran["reason"]).ShouldBe("plan_changed");
        ran["actions"]!.AsArray().ShouldBeEmpty();
        ward.Stage.Folder.ProcessOf(DemoFolder.Worker).ShouldBeNull();
    }

    [Fact]
    public async Task PlanRemedy_Paused_GivesNoPlanId()
    {
        await using var ward = await Ward.OpenAsync();
        ward.Break("worker-killed");
        (await ward.RunAsync(Ward.Executable, "pause")).Code.ShouldBe(0);
        await using var client = await ConnectAsync(ward);

        var plan = await CallAsync(client, "plan_remedy");

        ((string?)plan["decision"]).ShouldBe("escalate");
        ((string?)plan["reason"]).ShouldBe("paused");
        plan["plan_id"].ShouldBeNull();
    }

    [Fact]
    public async Task Remediate_PausedMeanwhile_IsRefusedByTheSwitch()
    {
        await using var ward = await Ward.OpenAsync();
        ward.Break("worker-killed");
        await using var client = await ConnectAsync(ward);
        var plan = await CallAsync(client, "plan_remedy");
        (await ward.RunAsync(Ward.Executable, "pause")).Code.ShouldBe(0);

        var ran = await CallAsync(client, "remediate", ("plan_id", (string?)plan["plan_id"]));

        ((string?)ran["reason"]).ShouldBe("paused", ran.ToJsonString());
        ran["actions"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task SupportIssue_NoTokenConfigured_SaysWhatIsMissing()
    {
        await using var ward = await Ward.OpenAsync();
        ward.Environment["GITHUB_TOKEN"] = null;
        await using var client = await ConnectAsync(ward);

        var result = await client.CallToolAsync("support_issue", new Dictionary<string, object?> { ["issue"] = 1 }, cancellationToken: TestContext.Current.CancellationToken);

        result.IsError.ShouldBe(true);
        ((TextContentBlock)result.Content[0]).Text.ShouldContain("GITHUB_TOKEN");
    }

    [Fact]
    public async Task Status_SecretsInMeasurements_AreHidden()
    {
        await using var ward = await Ward.OpenAsync();
        const string secret = "correct-horse-battery";
        var pack = Directory.CreateDirectory(ward.Stage.Folder.File("leaky")).FullName;
        await File.WriteAllTextAsync(Path.Combine(pack, "state.json"), $$"""{"note":"login as APP with {{secret}} at https://10.1.2.3/x","path":"/home/ada/keys"}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(pack, "pack.yaml"),
            """
            system: leaky
            title: Leaky system
            probes:
              door: { command: { argv: [cat, state.json], parse: json }, required: true, timeout: 3s }
            status: [ door.note, door.path ]
            problems:
              noted: { title: It says something, when: [ door.note != "" ] }
            """,
            TestContext.Current.CancellationToken);
        ward.Environment["FIELDMEDIC_PACK"] = pack;
        ward.Environment["APP_PASSWORD"] = secret;
        await using var client = await ConnectAsync(ward);

        var status = (await CallAsync(client, "system_status")).ToJsonString() + (await CallAsync(client, "diagnose")).ToJsonString();

        status.ShouldContain("[redacted]");
        status.ShouldContain("noted");
        status.ShouldNotContain(secret);
        status.ShouldNotContain("10.1.2.3");
        status.ShouldNotContain("/home/ada");
    }

    [Fact]
    public async Task Stdio_GarbageAndAnEnd_OnlyProtocolOnStandardOutput()
    {
        await using var ward = await Ward.OpenAsync();
        using var process = ward.Start(Ward.Executable, "mcp");
        await process.StandardInput.WriteLineAsync("this is not JSON");
        await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}""");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var first = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        process.StandardInput.Close();

        var ran = await Ward.EndAsync(process);

        ran.Code.ShouldBe(0, ran.All);
        JsonDocument.Parse(first!).RootElement.GetProperty("jsonrpc").GetString().ShouldBe("2.0");
        ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.StartsWith('{'));
    }

    [Fact]
    public async Task Mcp_PackIsWrong_SaysSoAndEnds()
    {
        await using var ward = await Ward.OpenAsync();
        ward.Environment["FIELDMEDIC_PACK"] = ward.Stage.Folder.File("nothing-here");

        var ran = await ward.RunAsync(Ward.Executable, "mcp");

        ran.Code.ShouldBe(64);
        ran.Output.ShouldBeEmpty();
        ran.Error.ShouldContain("FM1001");
    }

    private static Task<McpClient> ConnectAsync(Ward ward) => McpClient.CreateAsync(
        new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = Ward.Executable,
            Arguments = ["mcp"],
            InheritEnvironmentVariables = false,
            EnvironmentVariables = ward.Clean(),
            WorkingDirectory = ward.Stage.Folder.Path,
        }),
        cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<JsonNode> CallAsync(McpClient client, string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await client.CallToolAsync(tool, arguments.ToDictionary(a => a.Name, a => a.Value), cancellationToken: TestContext.Current.CancellationToken);
        result.IsError.ShouldNotBe(true, string.Join('\n', result.Content.OfType<TextContentBlock>().Select(c => c.Text)));
        return JsonNode.Parse(result.StructuredContent!.Value.GetRawText())!;
    }
}
