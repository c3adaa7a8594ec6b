using System.CommandLine;
using FieldMedic.Cli.Output;
using FieldMedic.GitHub;
using FieldMedic.GitHub.Mcp;
using FieldMedic.Hosting;
using FieldMedic.Journal;
using Spectre.Console;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic doctor</c>: is everything there that the main job needs?</summary>
internal static class DoctorCommand
{
    public static Command Build()
    {
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command("doctor", "Check pack, Docker and the way to it, store, webhook secret, MCP token, GitHub token, scopes or App permissions, repository, clock; say what to do. Exit codes: 0 all is well, 1 something is not.") { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var checks = await CheckAsync(GlobalOptions.Settings(parsed), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                JsonOut.Write(new { ok = checks.All(c => c.Ok), checks = checks.Select(c => new { check = c.Name, ok = c.Ok, detail = c.Detail, next_step = c.NextStep }).ToArray() });
            }
            else
            {
                foreach (var check in checks)
                {
                    Terminal.Out.MarkupLine($"{(check.Ok ? "[green]ok  [/]" : "[red]FAIL[/]")} {Terminal.Safe(check.Name),-12} {Terminal.Safe(check.Detail)}");
                    if (!check.Ok && check.NextStep.Length > 0)
                    {
                        Terminal.Out.MarkupLine($"                  [yellow]→ {Terminal.Safe(check.NextStep)}[/]");
                    }
                }
            }

            return checks.All(c => c.Ok) ? ExitCodes.Done : ExitCodes.Findings;
        });
        return command;
    }

    private static async Task<List<DoctorCheck>> CheckAsync(FieldMedicSettings settings, CancellationToken cancellationToken)
    {
        List<DoctorCheck> checks = [new("settings", true, settings.ConfigurationFile ?? "no fieldmedic.yaml; environment and defaults", "")];
        try
        {
            await using var host = await FieldMedicHost.OpenAsync(settings, HostNeeds.None, cancellationToken).ConfigureAwait(false);
            checks.Add(new("pack", true, $"{host.Pack.System} ({settings.PackPath})", ""));
            checks.AddRange((await host.Doctor.CheckAsync(cancellationToken).ConfigureAwait(false)).Select(c => new DoctorCheck(c.Check, c.Ok, c.Detail, c.NextStep)));
        }
        catch (ConfigurationException e)
        {
            checks.AddRange(e.Message.Split('\n').Select(line => new DoctorCheck("pack", false, line, "Correct the pack; 'fieldmedic pack validate' shows every mistake.")));
        }

        try
        {
            await using var host = await FieldMedicHost.OpenAsync(settings, HostNeeds.Store, cancellationToken).ConfigureAwait(false);
            checks.Add(new("store", true, $"{settings.Store} ({settings.Store.Kind})", ""));
        }
        catch (JournalException e)
        {
            checks.Add(new("store", false, e.Message, settings.Store.Kind == "sqlite" ? "Set FIELDMEDIC_STORE to a file this user can write." : "Correct FIELDMEDIC_STORE or what it names; see docs/running.md."));
        }
        catch (ConfigurationException)
        {
            // Reported with the pack.
        }

        checks.AddRange(SecretChecks.Of(settings));
        if (settings.Repository is not { } repository)
        {
            checks.Add(new("repository", false, "none is set", "Set GITHUB_REPOSITORY=owner/name."));
            return checks;
        }

        if (settings.McpTracker is { } mcp)
        {
            await using var server = new McpTracker(mcp, TimeProvider.System);
            checks.AddRange((await server.CheckAsync(cancellationToken).ConfigureAwait(false)).Select(c => new DoctorCheck(c.Name, c.IsOk, c.Detail, c.NextStep ?? "")));
            return checks;
        }

        var tracker = await new GitHubDoctor(FieldMedicHost.TrackerSettings(settings), TimeProvider.System).CheckAsync(repository, cancellationToken).ConfigureAwait(false);
        checks.AddRange(tracker.Select(c => new DoctorCheck(c.Name, c.IsOk, c.Detail, c.NextStep ?? "")));
        return checks;
    }
}
