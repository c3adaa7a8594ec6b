using System.Text.Json.Nodes;

namespace GitHubSimulator.Tests.Harness;

/// <summary>A stand-in as a process of its own, behind TLS, and <c>gh</c> to ask it.</summary>
internal sealed class GhSession : IDisposable
{
    private readonly string gh;
    private readonly FreshFolder folder;
    private readonly SimulatorProcess simulator;

    private GhSession(string gh, FreshFolder folder, SimulatorProcess simulator) => (this.gh, this.folder, this.simulator) = (gh, folder, simulator);

    public static async Task<GhSession> StartAsync()
    {
        var gh = Requirement.Program("gh");
        var folder = new FreshFolder();
        LoopbackCertificate.Write(folder["ca.pem"], folder["cert.pem"], folder["key.pem"]);
        var simulator = await SimulatorProcess.StartAsync(
            "--urls",
            "https://127.0.0.1:0",
            $"--Kestrel:Certificates:Default:Path={folder["cert.pem"]}",
            $"--Kestrel:Certificates:Default:KeyPath={folder["key.pem"]}");
        return new GhSession(gh, folder, simulator);
    }

    /// <summary>Runs <c>gh api</c>.</summary>
    public Task<(int ExitCode, string Output, string Error)> RunAsync(string token, params string[] arguments) => Child.RunAsync(
        gh,
        ["api", .. arguments],
        new Dictionary<string, string>
        {
            ["GH_HOST"] = $"localhost:{simulator.Url.Port}",
            ["GH_ENTERPRISE_TOKEN"] = token,
            ["GH_CONFIG_DIR"] = folder["gh"],
            ["SSL_CERT_FILE"] = folder["ca.pem"],
            ["NO_PROXY"] = "localhost,127.0.0.1",
            ["GH_NO_UPDATE_NOTIFIER"] = "1",
            ["NO_COLOR"] = "1",
        });

    /// <summary>Runs <c>gh api</c>, which has to succeed with JSON.</summary>
    public async Task<JsonNode> AskAsync(string token, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(token, arguments);
        exitCode.ShouldBe(0, $"{string.Join(' ', arguments)}: {error}");
        return JsonNode.Parse(output)!;
    }

    /// <summary>What the stand-in was asked so far.</summary>
    public async Task<IReadOnlyList<ObservedRequest>> RequestsAsync() =>
        [.. (await AskAsync("bot", "/_simulator/requests")).AsArray().Select(ObservedRequest.From)];

    public void Dispose()
    {
        simulator.Dispose();
        folder.Dispose();
    }
}
