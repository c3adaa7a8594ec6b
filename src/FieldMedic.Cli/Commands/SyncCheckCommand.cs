using System.CommandLine;
using FieldMedic.Cli.Output;
using FieldMedic.Hosting;
using FieldMedic.Packs;
using Spectre.Console;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic sync-check</c>: does everything hold that synchronising needs, and what is a user to be told?</summary>
internal static class SyncCheckCommand
{
    public static Command Build()
    {
        var chain = new Option<string>("--chain") { Description = "The chain of the pack to look at.", DefaultValueFactory = _ => "sync" };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command(
            "sync-check",
            """
            Measure every link that synchronising needs and say whether it is ready, which link blocks it, and what to tell the user. Changes nothing.

            Exit codes: 0 ready, 1 not ready, 3 a link cannot be observed.
            """)
        {
            chain, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var host = await FieldMedicHost.OpenAsync(GlobalOptions.Settings(parsed), HostNeeds.None, cancellationToken).ConfigureAwait(false);
            var spec = host.Pack.Chains.FirstOrDefault(c => c.Id == parsed.GetValue(chain)) ?? throw new ConfigurationException(host.Pack.Chains.Count == 0
                ? "The pack describes no chain; add one under 'chains:' (docs/packs.md)."
                : $"The pack has no chain '{Terminal.Plain(parsed.GetValue(chain)!)}'. It knows: {string.Join(", ", host.Pack.Chains.Select(c => c.Id))}.");
            var diagnosis = await Terminal.WhileAsync("measuring", parsed.GetValue(json), host.Medic.DiagnoseAsync(cancellationToken)).ConfigureAwait(false);
            var links = spec.Look(diagnosis.Snapshot);
            var broken = spec.Broken(diagnosis.Snapshot);
            var holds = broken is null ? Truth.True : links.First(l => l.Link == broken).Holds;
            if (parsed.GetValue(json))
            {
                JsonOut.Write(new
                {
                    chain = spec.Id,
                    ready = holds == Truth.True,
                    state = Word(holds),
                    blocking = broken?.Name,
                    tell = broken?.Tell ?? spec.Ready,
                    links = links.Select(l => new { name = l.Link.Name, ok = l.Holds switch { Truth.True => true, Truth.False => (bool?)false, _ => null }, conditions = l.Link.Ok.Select(c => c.ToString()).ToArray() }).ToArray(),
                    findings = diagnosis.Findings.Select(f => f.Key).ToArray(),
                });
            }
            else
            {
                Write(spec, links, broken, holds, diagnosis);
            }

            return holds switch { Truth.True => ExitCodes.Done, Truth.False => ExitCodes.Findings, _ => ExitCodes.CannotObserve };
        });
        return command;
    }

    private static void Write(ChainSpec chain, IReadOnlyList<(ChainLink Link, Truth Holds)> links, ChainLink? broken, Truth holds, Diagnosis diagnosis)
    {
        var console = Terminal.Out;
        var word = chain.Id.ToUpperInvariant();
        console.MarkupLine(holds switch
        {
            Truth.True => $"[bold green]{Terminal.Safe(word)} READY[/]",
            Truth.False => $"[bold red]{Terminal.Safe(word)} NOT READY[/]: {Terminal.Safe(broken!.Name)}",
            _ => $"[bold yellow]{Terminal.Safe(word)} NOT READY[/]: {Terminal.Safe(broken!.Name)} cannot be observed",
        });
        foreach (var (link, state) in links)
        {
            console.MarkupLine(state switch
            {
                Truth.True => $"  [green]ok[/]       {Terminal.Safe(link.Name)}",
                Truth.False => $"  [red]broken[/]   {Terminal.Safe(link.Name)} [grey]{Terminal.Safe(string.Join(", ", link.Ok.Select(c => c.ToString())))}[/]",
                _ => $"  [yellow]unknown[/]  {Terminal.Safe(link.Name)}",
            });
        }

        foreach (var finding in diagnosis.Findings)
        {
            console.MarkupLine($"[red]problem[/]   {Terminal.Safe(finding.Key)}: {Terminal.Safe(finding.Title)} [grey]{Terminal.Safe(string.Join("; ", finding.Evidence))}[/]");
        }

        console.MarkupLine($"[bold]Tell the user:[/] {Terminal.Safe(broken?.Tell ?? chain.Ready)}");
    }

    private static string Word(Truth holds) => holds switch { Truth.True => "ready", Truth.False => "not_ready", _ => "cannot_observe" };
}
