using System.CommandLine;
using System.Globalization;
using FieldMedic.Cli.Output;
using FieldMedic.Hosting;
using FieldMedic.Incidents;
using FieldMedic.Tracker;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic support ISSUE</c>: the main job.</summary>
internal static class SupportCommand
{
    public static Command Build()
    {
        var issue = new Argument<string>("ISSUE") { Description = "Issue number (42 or #42) or the issue's address." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Diagnose and print the plan; change nothing anywhere." };
        var follow = new Option<bool>("--follow") { Description = "Stay through the watch window after closing." };
        var approve = new Option<bool>("--approve") { Description = "You agree to the plan where the pack asks for approval." };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Show every stage." };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output, nothing else there." };
        var actions = new Option<bool>("--actions") { Description = "In a job of GitHub Actions: write its summary and outputs, and one line to its log." };
        var command = new Command(
            "support",
            """
            Diagnose, repair, verify, report and close (or escalate) what an issue reports.

            Examples:
              fieldmedic support 42 --dry-run     show the plan
              fieldmedic support 42               do it
              fieldmedic support 42 --json        for scripts; exit codes in docs/codes.md
            Run again after a crash or an interruption: it goes on where it stopped, nothing is done twice.
            """)
        {
            issue, dryRun, follow, approve, verbose, json, actions,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var started = TimeProvider.System.GetTimestamp();
            var settings = GlobalOptions.Settings(parsed);
            var reference = Reference(parsed.GetValue(issue)!, settings);
            var options = new RunOptions { DryRun = parsed.GetValue(dryRun), Follow = parsed.GetValue(follow), ApprovedBy = parsed.GetValue(approve) ? Environment.UserName : null };
            var isJson = parsed.GetValue(json);
            var isAction = parsed.GetValue(actions);
            if (isAction)
            {
                ActionsFiles.Check();
            }

            await using var host = await FieldMedicHost.OpenAsync(settings, HostNeeds.Tracker | (options.DryRun ? HostNeeds.StoreIfThere : HostNeeds.Store), cancellationToken).ConfigureAwait(false);
            IFlowObserver observer = isAction || (isJson && !parsed.GetValue(verbose)) ? new Silent() : new ProgressLines(isJson ? Terminal.Err : Terminal.Out, TimeProvider.System, parsed.GetValue(verbose));
            var result = await host.Medic.SupportAsync(reference, options, observer, cancellationToken).ConfigureAwait(false);
            if (isAction)
            {
                await ActionsFiles.WriteAsync(host, result, cancellationToken).ConfigureAwait(false);
                return ExitCodes.Of(result);
            }

            return await FinishAsync(host, result, reference, isJson, TimeProvider.System.GetElapsedTime(started), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>Prints the result, with the issue as the tracker shows it now, and gives the exit code.</summary>
    public static async Task<int> FinishAsync(FieldMedicHost host, RunResult result, IssueRef? reference, bool isJson, TimeSpan total, CancellationToken cancellationToken)
    {
        Issue? issue = null;
        try
        {
            issue = reference is null || host.Tracker is null ? null : await host.Tracker.GetIssueAsync(reference, cancellationToken).ConfigureAwait(false);
        }
        catch (TrackerException)
        {
            // The run's own message already says what is wrong with the tracker.
        }

        if (isJson)
        {
            JsonOut.Write(RunReport.Json(result, issue, total));
        }
        else
        {
            RunReport.Write(Terminal.Out, result, issue, total);
        }

        return ExitCodes.Of(result);
    }

    /// <summary>42, #42, or https://host/owner/name/issues/42.</summary>
    internal static IssueRef Reference(string text, FieldMedicSettings settings)
    {
        var repository = settings.Repository;
        var number = text.TrimStart('#');
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            var parts = address!.AbsolutePath.Trim('/').Split('/');
            if (parts.Length < 4 || parts[^2] != "issues")
            {
                throw new ConfigurationException($"'{text}' is not the address of an issue (…/owner/name/issues/42).");
            }

            (repository, number) = ($"{parts[^4]}/{parts[^3]}", parts[^1]);
            if (settings.Repository is { } configured && !string.Equals(configured, repository, StringComparison.OrdinalIgnoreCase))
            {
                throw new ConfigurationException($"The issue is in {repository}, but {configured} is configured. Use --repo {repository} if you mean it.");
            }
        }

        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) || parsed < 1)
        {
            throw new ConfigurationException($"'{text}' is not an issue: give its number (42) or its address.");
        }

        if (repository is null || repository.Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
        {
            throw new ConfigurationException(repository is null ? "No repository. Set GITHUB_REPOSITORY=owner/name, 'repository' in fieldmedic.yaml, or --repo owner/name." : $"'{repository}' is not owner/name (GITHUB_REPOSITORY).");
        }

        return new IssueRef(repository, parsed);
    }
}
