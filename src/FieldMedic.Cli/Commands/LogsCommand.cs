using System.CommandLine;
using System.Globalization;
using FieldMedic.Cli.Output;
using FieldMedic.Hosting;
using FieldMedic.Packs.Yaml;
using FieldMedic.Platform.Logs;
using Spectre.Console;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic logs</c>: which errors are in the logs, how often, and whether that is new.</summary>
internal static class LogsCommand
{
    public static Command Build()
    {
        var service = new Option<string[]>("--service") { Description = "Only this service; may be given more than once.", AllowMultipleArgumentsPerToken = true };
        var since = new Option<string>("--since") { Description = "How far back, e.g. 15m, 2h, 1d.", DefaultValueFactory = _ => "1h" };
        var grep = new Option<string?>("--grep") { Description = "Entries that match this expression instead of errors." };
        var lines = new Option<int>("--lines") { Description = "At most so many lines of each container, the newest.", DefaultValueFactory = _ => 5000 };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command(
            "logs",
            """
            Read the containers' logs and group their errors: what differs only in numbers, ids, times and quoted words is one kind. Tracebacks count once.

            Examples:
              fieldmedic logs --since 15m
              fieldmedic logs --service app --grep "timeout|refused"

            Exit codes: 0 read, 3 the logs cannot be read, 64 an option is wrong.
            """)
        {
            service, since, grep, lines, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var host = await FieldMedicHost.OpenAsync(GlobalOptions.Settings(parsed), HostNeeds.None, cancellationToken).ConfigureAwait(false);
            var question = Question(host, parsed.GetValue(service) ?? [], parsed.GetValue(since)!, parsed.GetValue(grep), parsed.GetValue(lines));
            var isJson = parsed.GetValue(json);
            LogSurvey survey;
            try
            {
                survey = await Terminal.WhileAsync("reading logs", isJson, host.Logs.ReadAsync(question, cancellationToken)).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                Terminal.Error($"The logs cannot be read: {e.Message}");
                return ExitCodes.CannotObserve;
            }

            if (isJson)
            {
                JsonOut.Write(new
                {
                    from = survey.From,
                    to = survey.To,
                    entries = survey.Entries,
                    cut = survey.Cut,
                    clusters = survey.Clusters.Select(c => new { service = c.Service, template = c.Template, count = c.Count, first = c.First, last = c.Last, per_hour = c.PerHour, per_hour_before = c.PerHourBefore, example = c.Example }).ToArray(),
                });
            }
            else
            {
                Write(survey, question);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static LogQuestion Question(FieldMedicHost host, string[] services, string since, string? grep, int lines)
    {
        if (services.FirstOrDefault(s => !host.Pack.Services.ContainsKey(s)) is { } unknown)
        {
            throw new ConfigurationException($"'{Terminal.Plain(unknown)}' is not a service of this pack. It knows: {string.Join(", ", host.Pack.Services.Keys)}.");
        }

        if (Durations.Parse(since) is not { } span || span <= TimeSpan.Zero || span > TimeSpan.FromDays(30))
        {
            throw new ConfigurationException($"--since '{Terminal.Plain(since)}' is no time span up to 30 days; write e.g. 15m, 2h, 1d.");
        }

        if (lines is < 1 or > 1_000_000)
        {
            throw new ConfigurationException("--lines is at least 1 and at most 1000000.");
        }

        return grep is not null && LogBook.Mistake(grep) is { } mistake
            ? throw new ConfigurationException($"--grep '{Terminal.Plain(grep)}' is no expression that can be searched for: {mistake}")
            : new LogQuestion { Services = services, Since = span, Grep = grep, Lines = lines };
    }

    private static void Write(LogSurvey survey, LogQuestion question)
    {
        var console = Terminal.Out;
        var what = question.Grep is null ? "errors" : "matches";
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[bold]{survey.Clusters.Sum(c => c.Count)} {what} of {survey.Clusters.Count} kinds[/] in {survey.Entries.Values.Sum()} entries of {survey.Entries.Count} services, {survey.From:yyyy-MM-dd HH:mm:ss} to {survey.To:HH:mm:ss} UTC"));
        foreach (var cluster in survey.Clusters)
        {
            console.WriteLine();
            console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[red]{cluster.Count,5}x[/] [bold]{Terminal.Safe(cluster.Service)}[/]  {Terminal.Safe(cluster.Template)}"));
            console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"       [grey]first {cluster.First:HH:mm:ss}, last {cluster.Last:HH:mm:ss}, {cluster.PerHour:0.#} an hour{Before(cluster)}[/]"));
            foreach (var line in cluster.Example.Split('\n'))
            {
                console.MarkupLine($"       {Terminal.Safe(line)}");
            }
        }

        foreach (var cut in survey.Cut)
        {
            console.MarkupLine($"[yellow]not all of {Terminal.Safe(cut)} was read; --lines reads more[/]");
        }
    }

    private static string Before(LogCluster cluster) => cluster.PerHourBefore switch
    {
        null => "; the log begins later than the hour before",
        0 => "; none in the hour before",
        { } before => string.Create(CultureInfo.InvariantCulture, $"; {before:0.#} in the hour before"),
    };
}
