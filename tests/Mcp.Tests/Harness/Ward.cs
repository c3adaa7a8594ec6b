using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using FieldMedic.Cli.Demo;
using GitHubSimulator.State;

namespace FieldMedic.Mcp.Tests.Harness;

/// <summary>The demo system of real processes with the stand-in for GitHub, and a clean environment to start programs in.</summary>
internal sealed class Ward : IAsyncDisposable
{
    private const string Token = "ghp_0123456789abcdefABCDEF0123456789abcd";
    private static readonly string[] Kept = ["PATH", "HOME", "TMPDIR", "DOTNET_ROOT", "LANG"];

    private Ward(DemoStage stage)
    {
        Stage = stage;
        var settings = stage.Settings();
        Environment = new Dictionary<string, string?>(settings.Variables.ToDictionary(v => v.Key, v => (string?)v.Value), StringComparer.Ordinal)
        {
            ["DEMO_WINDOW"] = "2s",
            ["FIELDMEDIC_PACK"] = settings.PackPath,
            ["FIELDMEDIC_STORE"] = settings.Store.ToString(),
            ["GITHUB_TOKEN"] = Token,
            ["GITHUB_REPOSITORY"] = DemoStage.Repository,
            ["GITHUB_API_URL"] = stage.GitHub.Url.ToString(),
            ["XDG_STATE_HOME"] = stage.Folder.File("state"),
        };
    }

    public DemoStage Stage { get; }

    public Dictionary<string, string?> Environment { get; }

    public static string Executable => DemoFolder.Executable;

    public static async Task<Ward> OpenAsync() => new(await DemoStage.StartAsync(TestContext.Current.CancellationToken));

    public void Break(string scenario) => DemoScenario.All.Single(s => s.Name == scenario).Break(Stage.Folder);

    public int FileIssue(string title, string body = "") => Stage.GitHub.Store.OpenIssue(DemoStage.Repository, "ada", title, body).Number;

    public Issue Issue(int number) => Stage.GitHub.Store.GetIssue(DemoStage.Repository, number);

    public IReadOnlyList<string> Labels(int number) => Stage.GitHub.Store.LabelsOf(DemoStage.Repository, number);

    /// <summary>The steps, by the official TypeScript client over stdio. Gives what it received.</summary>
    public Task<JsonNode> SessionAsync(params object[] steps) => SessionAsync([Executable, "mcp"], steps);

    /// <summary>The steps with a server that is started by a command, or is found at an address.</summary>
    public async Task<JsonNode> SessionAsync(string[] server, object[] steps)
    {
        var node = NodeFolder.Program("node");
        NodeFolder.Installed("@modelcontextprotocol", "sdk", "package.json");
        var file = Stage.Folder.File("steps.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(steps), TestContext.Current.CancellationToken);
        var ran = await RunAsync(node, [NodeFolder.Script("session.mjs"), file, .. server]);
        ran.Code.ShouldBe(0, ran.Error);
        return JsonNode.Parse(ran.Output)!;
    }

    public async Task<Ran> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>What a child gets: the variables of this ward and the few of ours that programs need.</summary>
    public Dictionary<string, string?> Clean()
        => Kept.Select(name => KeyValuePair.Create(name, System.Environment.GetEnvironmentVariable(name))).Concat(Environment).Where(v => v.Value is not null).ToDictionary(StringComparer.Ordinal);

    public Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Stage.Folder.Path, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in Clean())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public static async Task<Ran> EndAsync(Process process)
    {
        var token = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(token);
        var error = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return new Ran(process.ExitCode, await output, await error);
    }

    public ValueTask DisposeAsync() => Stage.DisposeAsync();

    internal sealed record Ran(int Code, string Output, string Error)
    {
        public string All => Output + Error;
    }
}
