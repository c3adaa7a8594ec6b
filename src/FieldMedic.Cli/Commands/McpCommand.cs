using System.CommandLine;
using FieldMedic.Hosting;
using FieldMedic.Mcp;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic mcp</c>: the same abilities for a program that speaks the Model Context Protocol.</summary>
internal static class McpCommand
{
    public static Command Build()
    {
        var command = new Command(
            "mcp",
            """
            Serve the Model Context Protocol on standard input and output, for Claude Code and other MCP clients. Logs go to standard error.

            Tools: system_status, diagnose, verify, search_logs, plan_remedy, remediate, support_issue, get_incident, kpis.
            remediate carries out only a plan that plan_remedy has just shown (five minutes, one use); limits, lock, approvals and the kill switch hold.

            Examples:
              claude mcp add fieldmedic -- fieldmedic mcp
              fieldmedic mcp --pack packs/qfieldcloud --repo owner/name
            support_issue needs GITHUB_TOKEN and a repository; everything else works without. More in docs/mcp.md.
            """);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = GlobalOptions.Settings(parsed);
            var hasTracker = settings.Repository is not null && !string.IsNullOrWhiteSpace(settings.Token());
            var needs = HostNeeds.Store | HostNeeds.Secrets | (hasTracker ? HostNeeds.Tracker : HostNeeds.None);
            await using var host = await FieldMedicHost.OpenAsync(settings, needs, cancellationToken).ConfigureAwait(false);
            await StdioServer.RunAsync(host, cancellationToken).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }
}
