using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GitHubSimulator;
using GitHubSimulator.State;

namespace FieldMedic.Bench.Crash;

/// <summary>One incident in a system of files: SIGKILL after some events of the journal are durable, the same command again until it ends.</summary>
internal sealed class CrashTrial(CrashCase happening, string store, string? password, string system)
{
    private const string Repository = "bench/crash";
    private const string Maintainer = "grace";
    private const int MostStarts = 12;

    // An effect takes a moment, and goes on when the medic dies: started again too early it would happen twice.
    private const string Do = """
        echo "$1" >> effects.log
        sleep 0.3
        cp up.json "$1.json"
        """;

    private const string Pack = """
        system: SYSTEM
        title: A system of files
        policy: { window: 300ms, settle_budget: 10s, consequence_grace: 300ms, poll_every: 100ms, cooldown: 0s, attempts: 20, watch: 0s }
        services: { db: {}, worker: { needs: [db] }, oven: {}, gate: {} }
        probes:
          db: { command: { argv: [cat, db.json] }, required: true, timeout: 5s }
          worker: { command: { argv: [cat, worker.json] }, required: true, timeout: 5s }
          oven: { command: { argv: [cat, oven.json] }, required: true, timeout: 5s }
          gate: { command: { argv: [cat, gate.json] }, required: true, timeout: 5s }
        healthy: [ db.up == true, worker.up == true, oven.up == true, gate.up == true ]
        problems:
          database_down: { service: db, title: The database is down, when: [ db.up == false ], explains: [ outage ], remedies: [ start_db ], show: [ db.up ] }
          worker_down: { service: worker, title: The worker is down, when: [ worker.up == false ], explains: [ outage ], remedies: [ start_worker ], show: [ worker.up ] }
          oven_cold: { service: oven, title: The oven is cold, when: [ oven.up == false ], explains: [ outage ], next_step: Light it. }
          gate_shut: { service: gate, title: The gate is shut, when: [ gate.up == false ], explains: [ outage ], remedies: [ open_gate ], show: [ gate.up ] }
        remedies:
          start_db: { command: { argv: [sh, do.sh, db], target: db }, budget: 2s }
          start_worker: { command: { argv: [sh, do.sh, worker], target: worker }, budget: 2s }
          open_gate: { command: { argv: [sh, do.sh, gate], target: gate }, budget: 2s, autonomy: approve }
        complaints:
          outage: { symptoms: [ "is down", "is cold", "is shut" ] }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("fieldmedic-crash-").FullName;
    private int _stages;
    private int _kills;

    /// <summary>Kills after each of these events (counted over all starts, the first is 1); none runs it through.</summary>
    public async Task<CrashResult> RunAsync(IReadOnlyCollection<int> killAfter, CancellationToken cancellation)
    {
        await using var gitHub = await SimulatorHost.StartAsync(new SimulatorOptions(), cancellation);
        gitHub.Access.Grant(Repository, Maintainer, Permission.Maintain);
        var issue = gitHub.Store.OpenIssue(Repository, "ada", happening.Title, "").Number;
        await WriteAsync(cancellation);
        var isApproved = false;
        var said = "";
        for (var start = 0; start < MostStarts; start++)
        {
            (var isKilled, said) = await SupportAsync(issue, gitHub.Url, killAfter, cancellation);
            if (isKilled)
            {
                // Over before it died: the same command would be a new request, and on an issue that is still open a second look.
                if (!happening.IsClosed && (await IncidentsAsync(gitHub.Url, cancellation)) is [{ IsOver: true }])
                {
                    break;
                }

                continue;
            }

            if (!happening.NeedsApproval || isApproved)
            {
                break;
            }

            gitHub.Store.AddComment(Repository, issue, Maintainer, "/medic approve");
            isApproved = true;
        }

        var result = await JudgeAsync(gitHub, issue, said, cancellation);
        Directory.Delete(_folder, recursive: true);
        return result;
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "pack.yaml"), Pack.Replace("SYSTEM", system, StringComparison.Ordinal), cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, "do.sh"), Do, cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, "up.json"), """{"up":true}""", cancellation);
        foreach (var service in (string[])["db", "worker", "oven", "gate"])
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, $"{service}.json"), happening.Broken.Contains(service) ? """{"up":false}""" : """{"up":true}""", cancellation);
        }
    }

    private async Task<(bool IsKilled, string Said)> SupportAsync(int issue, Uri gitHub, IReadOnlyCollection<int> killAfter, CancellationToken cancellation)
    {
        using var process = Start(gitHub, "support", issue.ToString(CultureInfo.InvariantCulture), "--json", "--verbose");
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var isKilled = false;
        var error = "";
        while (await process.StandardError.ReadLineAsync(cancellation) is { } line)
        {
            error += line + "\n";
            // A stage is announced when the event before it is durable.
            if (!isKilled && IsStage(line) && killAfter.Contains(++_stages))
            {
                process.Kill();
                isKilled = true;
                _kills++;
            }
        }

        await process.WaitForExitAsync(cancellation);
        return (isKilled, $"exit {process.ExitCode}: {await output}\n{error}");
    }

    private Process Start(Uri gitHub, params string[] arguments)
    {
        var binary = Environment.GetEnvironmentVariable("BENCH_BINARY") ?? Path.Combine(AppContext.BaseDirectory, "fieldmedic");
        var start = new ProcessStartInfo(binary, arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[]
        {
            ("GITHUB_API_URL", gitHub.ToString()), ("GITHUB_REPOSITORY", Repository), ("GITHUB_TOKEN", "ghp_0123456789abcdefABCDEF0123456789abcd"),
            ("FIELDMEDIC_PACK", _folder), ("FIELDMEDIC_STORE", store), ("FIELDMEDIC_STORE_PASSWORD", password),
        })
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private async Task<List<(string Id, bool IsOver)>> IncidentsAsync(Uri gitHub, CancellationToken cancellation)
    {
        using var process = Start(gitHub, "incidents", "--json");
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        using var json = JsonDocument.Parse(output);
        return [.. json.RootElement.GetProperty("incidents").EnumerateArray().Select(i => (i.GetProperty("id").GetString()!, i.GetProperty("stage").GetString() == "over"))];
    }

    private async Task<CrashResult> JudgeAsync(RunningSimulator gitHub, int number, string said, CancellationToken cancellation)
    {
        var incidents = await IncidentsAsync(gitHub.Url, cancellation);
        var issue = gitHub.Store.GetIssue(Repository, number);
        var effects = File.Exists(Path.Combine(_folder, "effects.log")) ? await File.ReadAllLinesAsync(Path.Combine(_folder, "effects.log"), cancellation) : [];
        return new CrashResult(
            _stages,
            _kills,
            IsLost: incidents.Count == 0,
            IsEnded: incidents is [{ IsOver: true }] && (issue.State == IssueStates.Closed) == happening.IsClosed,
            DoubledActions: effects.Length - effects.Distinct().Count(),
            IsDone: effects.Distinct().SequenceEqual(happening.Effects),
            DoubledComments: Math.Max(0, issue.Comments.Count(c => c.Author != Maintainer) - 1),
            said);
    }

    private static bool IsStage(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, "s", [>= 'A' and <= 'Z', ..], ..];
}
