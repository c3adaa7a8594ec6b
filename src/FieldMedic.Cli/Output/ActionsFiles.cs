using System.Globalization;
using System.Text;
using FieldMedic.Hosting;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Report;

namespace FieldMedic.Cli.Output;

/// <summary>
/// What a job of GitHub Actions shows: its summary and the outputs of the step, in the files that the runner names. Both, and the one
/// line in the log, may be public, so everything goes through the redactor of public reports.
/// </summary>
internal static class ActionsFiles
{
    private const string Summary = "GITHUB_STEP_SUMMARY";
    private const string Outputs = "GITHUB_OUTPUT";

    /// <exception cref="ConfigurationException">This is not a job of GitHub Actions.</exception>
    public static void Check()
    {
        if (FileOf(Summary) is null || FileOf(Outputs) is null)
        {
            throw new ConfigurationException($"--actions is for jobs of GitHub Actions: the runner sets {Summary} and {Outputs}. Leave it out elsewhere.");
        }
    }

    public static async Task WriteAsync(FieldMedicHost host, RunResult result, CancellationToken cancellationToken)
    {
        var incident = result.Outcome == RunOutcome.DryRun ? null : result.Incident;
        var outcome = Words.Snake(result.Outcome)!;
        var verdict = Words.Snake(incident?.Verified?.Verdict) ?? "";
        var reason = Words.Snake(incident?.Report?.Escalation ?? (result.Decision as Decision.Escalate)?.Reason ?? (Enum?)result.Hold) ?? "";
        var message = host.Redactor.Clean(result.Message);
        var outputs = string.Join('\n', $"outcome={outcome}", $"verdict={verdict}", $"reason={reason}", $"incident={incident?.Id.Value}", "");
        await File.AppendAllTextAsync(FileOf(Outputs)!, outputs, cancellationToken).ConfigureAwait(false);
        await File.AppendAllTextAsync(FileOf(Summary)!, Text(host, result, $"{outcome}{(verdict.Length > 0 ? $" ({verdict})" : "")}", message), cancellationToken).ConfigureAwait(false);
        await Console.Out.WriteLineAsync($"{outcome}: {message}").ConfigureAwait(false);
    }

    private static string Text(FieldMedicHost host, RunResult result, string headline, string message)
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"## FieldMedic: {headline}").AppendLine().AppendLine(message).AppendLine();
        if (result is { Outcome: RunOutcome.DryRun, Decision: Decision.Fix { Plan: var plan } })
        {
            foreach (var action in plan.Actions)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"- would do `{action.Remedy}` on {host.Redactor.Clean(action.Target)} (risk {action.Risk})");
            }
        }
        else if (result is { Outcome: not RunOutcome.DryRun, Incident: { Report: { } report } incident })
        {
            text.AppendLine(new ReportRenderer(host.Pack, new ProblemCatalogue(host.Pack), host.Redactor, TimeProvider.System).Final(incident, report.Escalation));
        }

        return text.AppendLine().ToString();
    }

    private static string? FileOf(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } file ? file : null;
}
