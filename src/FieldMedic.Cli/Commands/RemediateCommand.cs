using System.CommandLine;
using FieldMedic.Cli.Output;
using FieldMedic.Hosting;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic remediate PROBLEM | --auto</c>: the same flow without an issue.</summary>
internal static class RemediateCommand
{
    public static Command Build()
    {
        var problem = new Argument<string?>("PROBLEM") { Description = "A problem id of the pack, e.g. worker_down.", Arity = ArgumentArity.ZeroOrOne };
        var issue = new Option<string?>("--issue") { Description = "The same as PROBLEM." };
        var service = new Option<string?>("--service") { Description = "Only this service." };
        var auto = new Option<bool>("--auto") { Description = "Everything that is found." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Print the plan; change nothing." };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command(
            "remediate",
            """
            Diagnose, repair and verify without an issue.

            Examples:
              fieldmedic remediate worker_down --dry-run
              fieldmedic remediate service_down --service nginx
              fieldmedic remediate upload_sync_failure     whatever breaks that chain
              fieldmedic remediate --auto
            It acts only when the problem is measured; naming it is not enough.
            """)
        {
            problem, issue, service, auto, dryRun, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var started = TimeProvider.System.GetTimestamp();
            var options = new RunOptions { DryRun = parsed.GetValue(dryRun) };
            var isJson = parsed.GetValue(json);
            await using var host = await FieldMedicHost.OpenAsync(GlobalOptions.Settings(parsed), options.DryRun ? HostNeeds.StoreIfThere : HostNeeds.Store, cancellationToken).ConfigureAwait(false);
            var named = Named(parsed.GetValue(problem) ?? parsed.GetValue(issue), parsed.GetValue(auto), parsed.GetValue(service), host);
            IFlowObserver observer = isJson ? new Silent() : new ProgressLines(Terminal.Out, TimeProvider.System, false);
            var result = await host.Medic.RemediateAsync(named, parsed.GetValue(service), options, observer, cancellationToken).ConfigureAwait(false);
            return await SupportCommand.FinishAsync(host, result, null, isJson, TimeProvider.System.GetElapsedTime(started), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static string? Named(string? problem, bool auto, string? service, FieldMedicHost host)
    {
        var known = host.Pack.Problems.SelectMany(p => new[] { p.Id, p.Kind ?? p.Id }).Distinct().ToList();
        if (auto == (problem is not null))
        {
            throw new ConfigurationException($"Name one problem or use --auto. Problems of this pack: {string.Join(", ", known)}.");
        }

        // A chain breaks at any of its parts: then the scope is what is found.
        if (problem is not null && host.Pack.Chains.Any(c => c.Id == problem || c.Kind == problem))
        {
            return null;
        }

        if (problem is not null && !known.Contains(problem))
        {
            throw new ConfigurationException($"'{Terminal.Plain(problem)}' is not a problem of this pack. It knows: {string.Join(", ", known)}.");
        }

        if (service is not null && !host.Pack.Services.ContainsKey(service))
        {
            throw new ConfigurationException($"'{Terminal.Plain(service)}' is not a service of this pack. It knows: {string.Join(", ", host.Pack.Services.Keys)}.");
        }

        return problem;
    }
}
