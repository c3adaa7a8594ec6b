using System.Diagnostics;
using System.Globalization;

namespace FieldMedic.Bench.Faults;

/// <summary>One scenario, once: a well patient, the fault, proof that it is there, the actor, the oracle.</summary>
internal sealed class FaultRun(Scenario scenario, FaultOptions options, int run)
{
    private const string NoDeltas = "deltas unknown";

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(3);

    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal)
    {
        ["SCENARIO"] = scenario.Folder,
        ["PROJECT"] = scenario.Project,
        ["HOLD"] = options.Hold.TotalSeconds.ToString("0", CultureInfo.InvariantCulture),
    };

    /// <exception cref="InvalidOperationException">The patient could not be made well, or the fault cannot be seen: no run of this scenario.</exception>
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await MustAsync("reset", "restore", scenario.Restore ?? "", cancellationToken);
        await MustAsync("reset", "reset", $"\"$PATIENT/reset\" --recreate || \"$PATIENT/up\"", cancellationToken);
        var prepared = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await using var docker = await DockerStream.StartAsync(options.Project, cancellationToken);
        var well = await LinesAsync("inventory.sh", "kept", null, cancellationToken);
        await MustAsync("inject", "inject", scenario.Inject, cancellationToken);
        await MustAsync("visible", "visible", scenario.Visible, cancellationToken);
        // What the fault itself took away is not the actor's doing; the rows of a database that is away were counted before.
        var sick = await LinesAsync("inventory.sh", "kept", scenario.Kept, cancellationToken);
        var before = sick.Where(l => l != NoDeltas).Concat(well.Where(l => l.StartsWith("deltas ", StringComparison.Ordinal)));
        var runningBefore = await RunningAsync(cancellationToken);
        var earlier = (await docker.SoFarAsync(cancellationToken)).Count;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var during = scenario.During is { } beside ? Bash.RunAsync(Script(beside), _environment, Long, stop.Token) : null;
        started = Stopwatch.GetTimestamp();
        var (ending, seconds, rows) = await Actor.ActAsync(scenario, options, run, _environment, cancellationToken);
        var acted = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var runningAfter = await RunningAsync(cancellationToken);
        var deeds = Deeds.Of(await docker.SoFarAsync(cancellationToken), earlier);
        started = Stopwatch.GetTimestamp();
        var after = await LinesAsync("inventory.sh", "kept", scenario.Kept, cancellationToken);
        ending = ending with
        {
            Deeds = deeds,
            Lost = [.. before.Except(after, StringComparer.Ordinal).Where(l => !MayChange(l, deeds, after))],
            WrongNumbers = [.. WrongNumbers(rows, runningBefore, runningAfter)],
        };
        if (scenario.Reaction is Reaction.Fix or Reaction.Mitigate)
        {
            var oracle = await LinesAsync("oracle.sh", "fixed", scenario.Fixed, cancellationToken);
            ending = ending with { Ailments = oracle.Count == 0 ? ["the oracle said nothing"] : [.. oracle.Where(l => !l.StartsWith("ok ", StringComparison.Ordinal))] };
        }

        await stop.CancelAsync();
        if (during is not null)
        {
            await during.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        seconds["prepare"] = prepared;
        seconds["act"] = acted;
        seconds["judge"] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await MustAsync("restore", "restore", scenario.Restore ?? "", cancellationToken);
        var score = Judge.Of(scenario, ending, namesCause: options.Actor == "medic");
        return new RunResult(scenario.Id, scenario.Class, options.Actor, run, scenario.Reaction, score, ending, seconds, options.Window.TotalSeconds, options.Hold.TotalSeconds);
    }

    /// <summary>A container that the scenario allows to be made anew has another id afterwards; of a database that is still away nothing can be said.</summary>
    private bool MayChange(string line, IReadOnlyList<string> deeds, IReadOnlyList<string> after)
        => (line.StartsWith("deltas ", StringComparison.Ordinal) && after.Contains(NoDeltas))
            || (line.StartsWith("container ", StringComparison.Ordinal) && deeds.Any(d => d == $"create {line.Split(' ')[1][(options.Project.Length + 1)..]}" && scenario.Allows(d)));

    private IEnumerable<string> WrongNumbers(IReadOnlyDictionary<string, (double? Before, double? After)> rows, IReadOnlyDictionary<string, int> before, IReadOnlyDictionary<string, int> after)
    {
        // queue.running is no count of containers.
        foreach (var (name, row) in rows.Where(r => r.Key.EndsWith(".running", StringComparison.Ordinal)))
        {
            var service = name[..^".running".Length];
            if (!before.ContainsKey(service) && !after.ContainsKey(service))
            {
                continue;
            }

            if (row.After is { } reported && after.GetValueOrDefault(service) != (int)reported)
            {
                yield return $"{name} after: reported {reported}, seen {after.GetValueOrDefault(service)}";
            }

            if (!scenario.Volatile && row.Before is { } earlier && before.GetValueOrDefault(service) != (int)earlier)
            {
                yield return $"{name} before: reported {earlier}, seen {before.GetValueOrDefault(service)}";
            }
        }
    }

    private async Task<IReadOnlyDictionary<string, int>> RunningAsync(CancellationToken cancellationToken)
    {
        const string list = """docker ps --all --filter "label=com.docker.compose.project=$P" --filter "label=com.docker.compose.container-number" --format '{{.Label "com.docker.compose.service"}} {{.Status}}'""";
        var (_, output, _) = await Bash.RunAsync(Script(list), _environment, Long, cancellationToken);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .GroupBy(words => words[0], words => words[1].StartsWith("Up ", StringComparison.Ordinal) && !words[1].Contains("Paused", StringComparison.Ordinal) && !words[1].Contains("unhealthy", StringComparison.Ordinal))
            .ToDictionary(g => g.Key, g => g.Count(isUp => isUp));
    }

    private async Task<IReadOnlyList<string>> LinesAsync(string file, string function, string? body, CancellationToken cancellationToken)
    {
        var define = body is null ? "" : $"{function}() {{\n{body}\n}}\n";
        var (_, output, error) = await Bash.RunAsync($"set +e +o pipefail; source {options.Scenarios}/lib.sh\n{define}source {options.Scenarios}/{file}", _environment, Long, cancellationToken);
        return output.Length == 0 && error.Length > 0 ? [$"BAD {file}: {error.Trim()}"] : output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task MustAsync(string part, string what, string script, CancellationToken cancellationToken)
    {
        if (script.Length == 0)
        {
            return;
        }

        var (code, output, error) = await Bash.RunAsync(Script(script), _environment, Long, cancellationToken);
        if (code != 0)
        {
            throw new InvalidOperationException($"{scenario.Id}: {part} ({what}) ended with {code}: {error.Trim()} {output.Trim()}");
        }
    }

    private string Script(string body) => $"source {options.Scenarios}/lib.sh\n{body}";
}
