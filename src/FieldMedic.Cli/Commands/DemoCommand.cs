using System.CommandLine;
using System.Net;
using FieldMedic.Cli.Demo;
using FieldMedic.Cli.Output;
using FieldMedic.Hosting;
using FieldMedic.Incidents;
using Spectre.Console;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic demo</c>: the real flow on a small real system, needing only the .NET SDK.</summary>
internal static class DemoCommand
{
    public static Command Build()
    {
        var scenario = new Option<string>("--scenario") { Description = "What goes wrong (see --list).", DefaultValueFactory = _ => DemoScenario.All[0].Name };
        var list = new Option<bool>("--list") { Description = "List the scenarios." };
        var docker = new Option<bool>("--docker") { Description = "On the sandbox patient (sandbox/qfieldcloud/up first): kill its workers and resolve that." };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command(
            "demo",
            """
            See the whole thing: starts a stand-in for GitHub and a small system of real processes, breaks it, files an issue as a user
            would, and resolves it for real. Needs no Docker, no GitHub, no database. Everything is stopped at the end.
            """)
        {
            scenario, list, docker, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(list))
            {
                return List(parsed.GetValue(json));
            }

            if (parsed.GetValue(docker))
            {
                return await DockerDemo.RunAsync(GlobalOptions.Settings(parsed), parsed.GetValue(json), cancellationToken).ConfigureAwait(false);
            }

            var chosen = DemoScenario.All.FirstOrDefault(s => s.Name == parsed.GetValue(scenario))
                ?? throw new ConfigurationException($"'{Terminal.Plain(parsed.GetValue(scenario)!)}' is not a scenario. There are: {string.Join(", ", DemoScenario.All.Select(s => s.Name))}.");
            return await RunAsync(chosen, parsed.GetValue(json), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static int List(bool isJson)
    {
        if (isJson)
        {
            JsonOut.Write(new { scenarios = DemoScenario.All.Select(s => new { name = s.Name, what = s.What }).ToArray() });
            return ExitCodes.Done;
        }

        foreach (var scenario in DemoScenario.All)
        {
            Terminal.Out.MarkupLine($"[bold]{scenario.Name,-16}[/] {Terminal.Safe(scenario.What)}");
        }

        return ExitCodes.Done;
    }

    private static async Task<int> RunAsync(DemoScenario scenario, bool isJson, CancellationToken cancellationToken)
    {
        Say(isJson, $"[bold]{scenario.Name}[/]: {Terminal.Safe(scenario.What)}");
        Say(isJson, "Starting a stand-in for GitHub, an api, a queue and a worker …");
        await using var stage = await DemoStage.StartAsync(cancellationToken).ConfigureAwait(false);
        scenario.Break(stage.Folder);
        var number = stage.GitHub.Store.OpenIssue(DemoStage.Repository, "ada", scenario.Title, scenario.Body).Number;
        Say(isJson, $"A user files issue #{number}: \"{Terminal.Safe(scenario.Title)}\". The window is short here ({stage.Settings().Variables["DEMO_WINDOW"]}).");
        return await ResolveAsync(stage.Settings(), new IssueRef(DemoStage.Repository, number), isJson, () => stage.GitHub.Store.GetIssue(DemoStage.Repository, number).Comments.Select(c => c.Body), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An ordinary support run, and the comment it left.</summary>
    internal static async Task<int> ResolveAsync(FieldMedicSettings settings, IssueRef issue, bool isJson, Func<IEnumerable<string>> comments, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        await using var host = await FieldMedicHost.OpenAsync(settings, HostNeeds.Store | HostNeeds.Tracker, cancellationToken).ConfigureAwait(false);
        IFlowObserver observer = isJson ? new Silent() : new ProgressLines(Terminal.Out, TimeProvider.System, false);
        var result = await host.Medic.SupportAsync(issue, new RunOptions(), observer, cancellationToken).ConfigureAwait(false);
        if (!isJson && comments().LastOrDefault() is { } comment)
        {
            var body = string.Join('\n', comment.Split('\n').Where(l => !l.StartsWith("<!--", StringComparison.Ordinal))).Trim();
            var text = WebUtility.HtmlDecode(body.Replace("<sub>", "", StringComparison.Ordinal).Replace("</sub>", "", StringComparison.Ordinal));
            Terminal.Out.Write(new Panel(Terminal.Safe(text)).Header($" the comment on issue #{issue.Number} ").Border(BoxBorder.Rounded));
        }

        return await SupportCommand.FinishAsync(host, result, issue, isJson, TimeProvider.System.GetElapsedTime(started), cancellationToken).ConfigureAwait(false);
    }

    internal static void Say(bool isJson, string markup)
    {
        if (!isJson)
        {
            Terminal.Out.MarkupLine(markup);
        }
    }
}
