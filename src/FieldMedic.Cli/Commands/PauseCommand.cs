using System.CommandLine;
using FieldMedic.Cli.Output;
using FieldMedic.Hosting;
using Spectre.Console;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic pause</c> and <c>resume</c>: the kill switch.</summary>
internal static class PauseCommand
{
    public static Command BuildPause() => Build("pause", "Stop all repairs: diagnosis goes on, every action is refused and escalated until 'fieldmedic resume'.", isPause: true);

    public static Command BuildResume() => Build("resume", "Allow repairs again.", isPause: false);

    private static Command Build(string name, string description, bool isPause)
    {
        var all = new Option<bool>("--all") { Description = "Every system of this store, not only the pack's." };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command(name, description) { all, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var host = await FieldMedicHost.OpenAsync(GlobalOptions.Settings(parsed), HostNeeds.Store, cancellationToken).ConfigureAwait(false);
            var system = parsed.GetValue(all) ? "*" : host.Pack.System;
            if (isPause)
            {
                await host.Controls.PauseAsync(system, Environment.UserName, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await host.Controls.ResumeAsync(system, Environment.UserName, cancellationToken).ConfigureAwait(false);
            }

            var still = await host.Controls.PausedAsync(host.Pack.System, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                JsonOut.Write(new { system = host.Pack.System, paused = still });
                return ExitCodes.Done;
            }

            Terminal.Out.MarkupLine(still is null ? $"[green]{host.Pack.System}: repairs are allowed[/]" : $"[yellow]{host.Pack.System}: paused {Terminal.Safe(still)}[/]");
            if (!isPause && still is not null)
            {
                Terminal.Out.MarkupLine("It was paused for every system of this store: 'fieldmedic resume --all' ends that.");
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
