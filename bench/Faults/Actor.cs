using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using GitHubSimulator;
using Microsoft.Data.Sqlite;

namespace FieldMedic.Bench.Faults;

/// <summary>Somebody who is given the issue: the real binary, or a control's script.</summary>
internal static partial class Actor
{
    private const string Repository = "bench/patient";
    private const string Bot = "fieldmedic-bot";
    private const string Token = "ghp_5c3nar10T0kenThatMustNeverBeSeen00001";

    public static Task<(Ending Ending, Dictionary<string, double> Seconds, IReadOnlyDictionary<string, (double? Before, double? After)> Rows)> ActAsync(
        Scenario scenario, FaultOptions options, int run, Dictionary<string, string> environment, CancellationToken cancellationToken)
        => options.Actor == "medic" ? MedicAsync(scenario, options, run, environment, cancellationToken) : ScriptAsync(options, environment, cancellationToken);

    /// <summary>A control works without reading; whatever it did, it believes that it helped.</summary>
    private static async Task<(Ending, Dictionary<string, double>, IReadOnlyDictionary<string, (double?, double?)>)> ScriptAsync(FaultOptions options, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var script = await File.ReadAllTextAsync(Path.Combine(options.Scenarios, "controls", $"{options.Actor}.sh"), cancellationToken);
        var (code, _, error) = await Bash.RunAsync($"source {options.Scenarios}/lib.sh\n{script}", environment, options.Limit, cancellationToken);
        var ending = new Ending { IsClosed = !script.Contains("# leaves the issue open", StringComparison.Ordinal), Failure = code is 0 ? null : $"the control ended with {code}: {error.Trim()}" };
        return (ending, [], new Dictionary<string, (double?, double?)>());
    }

    private static async Task<(Ending, Dictionary<string, double>, IReadOnlyDictionary<string, (double?, double?)>)> MedicAsync(
        Scenario scenario, FaultOptions options, int run, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        await using var gitHub = await SimulatorHost.StartAsync(new SimulatorOptions(), cancellationToken);
        var number = gitHub.Store.OpenIssue(Repository, "ada", scenario.Issue.Title, scenario.Issue.Body).Number;
        // Kept beside the results: what a run that failed had seen.
        var journal = Path.GetFullPath(Path.Combine(Directory.CreateDirectory(Path.Combine(options.Out, "journals")).FullName, $"{scenario.Id}-{run}.db"));
        File.Delete(journal);
        string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + "s";
        var settings = new Dictionary<string, string>(environment)
        {
            ["FIELDMEDIC_PACK"] = Path.GetFullPath("packs/qfieldcloud"),
            ["FIELDMEDIC_STORE"] = journal,
            ["FIELDMEDIC_CA_FILE"] = Path.Combine(options.Patient, ".state/ca/ca.pem"),
            ["FIELDMEDIC_IMAGE_FOLDER"] = Path.Combine(options.Patient, ".state/images"),
            ["FIELDMEDIC_WINDOW"] = Seconds(options.Window),
            ["FIELDMEDIC_LOOP_WINDOW"] = Seconds(options.Window * 2),
            ["FIELDMEDIC_MEMORY_WINDOW"] = Seconds(options.Window * 2),
            ["FIELDMEDIC_SETTLE"] = "60s",
            ["FIELDMEDIC_WATCH"] = "0s",
            // The machine's own load is none of the patient's: other work may run beside the benchmark.
            ["FIELDMEDIC_SLOW_MS"] = "60000",
            ["FIELDMEDIC_LOAD_LIMIT"] = "100000%",
            ["GITHUB_API_URL"] = gitHub.Url.ToString(),
            ["GITHUB_REPOSITORY"] = Repository,
            ["GITHUB_TOKEN"] = Token,
        };
        foreach (var (name, value) in scenario.Environment)
        {
            settings[name] = value;
        }

        var (code, output, error) = await Bash.RunAsync($"exec {options.Binary} support {number} --json", settings, options.Limit, cancellationToken);
        var issue = gitHub.Store.GetIssue(Repository, number);
        var comments = issue.Comments.Where(c => c.Author == Bot).Select(c => c.Body).ToList();
        var ending = new Ending { IsClosed = issue.State == "closed", Comments = comments.Count, Leaks = [.. comments.SelectMany(LeaksIn).Distinct()] };
        if (code is not (0 or 1 or 2 or 3))
        {
            return (ending with { Failure = $"exit {code}: {error.Trim()} {output.Trim()}" }, [], new Dictionary<string, (double?, double?)>());
        }

        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        ending = ending with { Said = string.Join(" ", ((string[])["outcome", "reason", "verdict", "message"]).Where(n => root.TryGetProperty(n, out var value) && value.ValueKind == JsonValueKind.String).Select(n => root.GetProperty(n).GetString())), Kinds = [.. root.GetProperty("findings_detail").EnumerateArray().Select(f => f.GetProperty("kind").GetString()!)] };
        var seconds = root.GetProperty("seconds").EnumerateObject().ToDictionary(s => s.Name, s => s.Value.GetDouble());
        if (await FoundToClosedAsync(journal, cancellationToken) is { } took)
        {
            seconds["found_to_closed"] = took;
        }

        var rows = root.GetProperty("before_after").EnumerateArray().ToDictionary(r => r.GetProperty("observation").GetString()!, r => (Number(r.GetProperty("before")), Number(r.GetProperty("after"))));
        return (ending, seconds, rows);
    }

    /// <summary>From the first diagnosis that found something until the issue was closed, by the times in the journal.</summary>
    private static async Task<double?> FoundToClosedAsync(string journal, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection($"Data Source={journal};Mode=ReadOnly;Pooling=False");
        return await connection.QuerySingleAsync<double?>(new CommandDefinition("""
            SELECT 86400.0 * (julianday(max(at) FILTER (WHERE type = 'issue_closed')) - julianday(min(at) FILTER (WHERE type = 'diagnosed' AND json_array_length(payload, '$.findings') > 0))) FROM events
            """, cancellationToken: cancellationToken));
    }

    private static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => null,
    };

    private static IEnumerable<string> LeaksIn(string comment)
        => Secret().Matches(comment).Select(m => m.Value).Concat(comment.Contains(Token, StringComparison.Ordinal) ? ["the token"] : []);

    /// <summary>The patient's passwords, addresses of its networks, the folder it lies in.</summary>
    [GeneratedRegex(@"sandbox-only[-\w]*|\b(10|172|192)\.\d{1,3}\.\d{1,3}\.\d{1,3}\b|/var/tmp/\S*|BEGIN [A-Z ]*PRIVATE KEY", RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();
}
