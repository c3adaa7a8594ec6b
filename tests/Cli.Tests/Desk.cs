using System.Diagnostics;
using System.Text.Json;
using GitHubSimulator;

namespace FieldMedic.Cli.Tests;

/// <summary>A folder to stand in, a clean environment, the stand-in for GitHub, and a tiny system: a door that is open or shut.</summary>
internal sealed class Desk : IAsyncDisposable
{
    public const string Token = "ghp_0123456789abcdefABCDEF0123456789abcd";
    public const string Repository = "acme/maps";
    private static readonly string[] Kept = ["PATH", "HOME", "TMPDIR", "DOTNET_ROOT", "LANG"];

    private Desk(RunningSimulator gitHub) => GitHub = gitHub;

    public RunningSimulator GitHub { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("fieldmedic-cli-test-").FullName;

    /// <summary>Set to null to unset.</summary>
    public Dictionary<string, string?> Environment { get; } = new(StringComparer.Ordinal);

    public string Pack => Path.Combine(Folder, "pack");

    public static async Task<Desk> OpenAsync(string window = "1s")
    {
        var desk = new Desk(await SimulatorHost.StartAsync(new SimulatorOptions(), TestContext.Current.CancellationToken));
        desk.Environment["GITHUB_TOKEN"] = Token;
        desk.Environment["GITHUB_REPOSITORY"] = Repository;
        desk.Environment["GITHUB_API_URL"] = desk.GitHub.Url.ToString();
        desk.Environment["FIELDMEDIC_PACK"] = desk.Pack;
        desk.Environment["XDG_STATE_HOME"] = Path.Combine(desk.Folder, "state");
        Directory.CreateDirectory(desk.Pack);
        desk.Door(isOpen: true);
        desk.Write("pack/open.json", """{"open":true}""");
        desk.Write("pack/open.sh", "echo opened >> effects.log\ncp open.json state.json\n");
        desk.Write("pack/pack.yaml", TinyPack.Replace("WINDOW", window, StringComparison.Ordinal));
        return desk;
    }

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    public void Door(bool isOpen) => Write("pack/state.json", isOpen ? """{"open":true}""" : """{"open":false}""");

    public int Effects() => File.Exists(Path.Combine(Pack, "effects.log")) ? File.ReadAllLines(Path.Combine(Pack, "effects.log")).Length : 0;

    public int FileIssue(string title, string body = "") => GitHub.Store.OpenIssue(Repository, "ada", title, body).Number;

    public static string Program => Path.Combine(AppContext.BaseDirectory, "fieldmedic");

    public Process Start(params string[] arguments) => StartProgram(Program, arguments);

    /// <summary>Another program, in the same folder and environment.</summary>
    public Process StartProgram(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Except(Kept).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Environment.Where(e => e.Value is not null))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public async Task<Ran> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await EndAsync(process);
    }

    public static async Task<Ran> EndAsync(Process process)
    {
        var token = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(token);
        var error = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return new Ran(process.ExitCode, await output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        await GitHub.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    internal sealed record Ran(int Code, string Output, string Error)
    {
        public string All => Output + Error;

        /// <summary>The one JSON object; fails when there is anything else on standard output.</summary>
        public JsonElement Json => JsonDocument.Parse(Output).RootElement;

        public string? Text(string field) => Json.GetProperty(field).GetString();
    }

    private const string TinyPack = """
        system: tiny
        title: Tiny system
        policy: { window: WINDOW, settle_budget: 5s, poll_every: 250ms, cooldown: 0s, watch: 15m }
        services:
          door: {}
        probes:
          door: { command: { argv: [cat, state.json] }, required: true, timeout: 3s }
        healthy: [ door.open == true ]
        chains:
          sync:
            title: Coming in
            kind: outage
            ready: The door is open, come in.
            links:
              - { name: door, ok: [ door.open == true ], tell: "The door is shut, please wait." }
        status: [ door.open ]
        problems:
          door_shut:
            service: door
            title: The door is shut
            when: [ door.open == false ]
            explains: [ outage ]
            remedies: [ open ]
            show: [ door.open ]
        remedies:
          open: { command: { argv: [sh, open.sh], target: door } }
        complaints:
          outage: { symptoms: [ "door shut|stuck|closed" ] }
          status_request: { nature: status_request, symptoms: [ "check status" ] }
        """;
}
