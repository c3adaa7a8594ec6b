using System.CommandLine;
using FieldMedic.Cli.Output;
using FieldMedic.Hosting;
using FieldMedic.Incidents;
using FieldMedic.Platform.Docker;
using Spectre.Console;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic status</c>: one sweep, and what it means.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan DiskLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SecondReading = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public static Command Build()
    {
        var detailed = new Option<bool>("--detailed") { Description = "Every observation with its evidence, every probe with its time." };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var watch = new Option<bool>("--watch") { Description = "Again every 5 s until Ctrl-C." };
        var command = new Command(
            "status",
            """
            Measure the system: every probe of the pack at once, and the problems that hold. Changes nothing.

            Exit codes: 0 healthy, 1 problems found or something unknown, 3 the system cannot be observed.
            """)
        {
            detailed, json, watch,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var host = await FieldMedicHost.OpenAsync(GlobalOptions.Settings(parsed), HostNeeds.None, cancellationToken).ConfigureAwait(false);
            while (true)
            {
                var (diagnosis, took) = await MeasureAsync(host, parsed.GetValue(json), cancellationToken).ConfigureAwait(false);
                if (HasFigureToCome(host, diagnosis.Snapshot))
                {
                    await Task.Delay(SecondReading, TimeProvider.System, cancellationToken).ConfigureAwait(false);
                    (diagnosis, took) = await MeasureAsync(host, parsed.GetValue(json), cancellationToken).ConfigureAwait(false);
                }

                var disk = await Terminal.WhileAsync("adding up Docker's disk", parsed.GetValue(json), host.DockerUsageAsync(DiskLimit, cancellationToken)).ConfigureAwait(false);
                if (parsed.GetValue(json))
                {
                    JsonOut.Write(Json(host, diagnosis, disk, took));
                }
                else
                {
                    Write(host, diagnosis, disk, took, parsed.GetValue(detailed));
                }

                if (!parsed.GetValue(watch))
                {
                    return Code(diagnosis);
                }

                await Task.Delay(Every, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        });
        return command;
    }

    private static async Task<(Diagnosis Diagnosis, TimeSpan Took)> MeasureAsync(FieldMedicHost host, bool quiet, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var diagnosis = await Terminal.WhileAsync("measuring", quiet, host.Medic.DiagnoseAsync(cancellationToken)).ConfigureAwait(false);
        return (diagnosis, TimeProvider.System.GetElapsedTime(started));
    }

    /// <summary>A rate, such as the use of the processor, takes two readings.</summary>
    private static bool HasFigureToCome(FieldMedicHost host, Snapshot snapshot)
        => snapshot.IsObservable && host.Pack.Status.Any(n => snapshot.Find(n)?.Value.IsUnknown == true);

    private static int Code(Diagnosis diagnosis)
        => !diagnosis.Snapshot.IsObservable ? ExitCodes.CannotObserve : diagnosis.IsHealthy ? ExitCodes.Done : ExitCodes.Findings;

    private static object Json(FieldMedicHost host, Diagnosis diagnosis, DockerUsage? disk, TimeSpan took) => new
    {
        system = host.Pack.System,
        state = State(diagnosis),
        findings = diagnosis.Findings.Select(f => f.Problem).ToArray(),
        findings_detail = RunReport.Findings(diagnosis.Findings),
        undecided = diagnosis.Undecided,
        observations = diagnosis.Snapshot.Observations.GroupBy(o => o.Name).ToDictionary(g => g.Key, g => g.Last().Value),
        docker_disk = disk is null ? null : new { images_bytes = disk.Images, containers_bytes = disk.Containers, volumes_bytes = disk.Volumes, build_cache_bytes = disk.BuildCache },
        stale = diagnosis.Snapshot.Observations.Where(o => o.StaleBy > TimeSpan.Zero).Select(o => o.Name).Distinct().ToArray(),
        probes = diagnosis.Snapshot.Probes.Select(p => new { probe = p.Probe, ms = Math.Round(p.Elapsed.TotalMilliseconds, 1), failure = p.Failure }).ToArray(),
        seconds = new { total = Math.Round(took.TotalSeconds, 3) },
    };

    private static string State(Diagnosis diagnosis)
        => !diagnosis.Snapshot.IsObservable ? "cannot_observe" : diagnosis.Findings.Count > 0 ? "sick" : diagnosis.Undecided.Count > 0 ? "partly_unknown" : "healthy";

    private static void Write(FieldMedicHost host, Diagnosis diagnosis, DockerUsage? disk, TimeSpan took, bool detailed)
    {
        var console = Terminal.Out;
        var colour = diagnosis.IsHealthy ? "green" : "red";
        console.MarkupLine($"[bold]{Terminal.Safe(host.Pack.Title)}[/]: [{colour}]{State(diagnosis).Replace('_', ' ')}[/] [grey](measured in {took.TotalMilliseconds:0} ms)[/]");
        Services(console, host, diagnosis.Snapshot);
        foreach (var finding in diagnosis.Findings)
        {
            console.MarkupLine($"[red]problem[/]   {Terminal.Safe(finding.Key)}: {Terminal.Safe(finding.Title)} [grey]{Terminal.Safe(string.Join("; ", finding.Evidence))}[/]");
        }

        foreach (var failed in diagnosis.Snapshot.Probes.Where(p => p.Failure is not null).GroupBy(p => p.Failure!, p => p.Probe))
        {
            console.MarkupLine($"[yellow]unknown[/]   probe {Terminal.Safe(string.Join(", ", failed))}: {Terminal.Safe(failed.Key)}");
        }

        if (diagnosis is { Snapshot.IsObservable: true, Undecided.Count: > 0 })
        {
            console.MarkupLine($"[yellow]undecided[/] {Terminal.Safe(string.Join(", ", diagnosis.Undecided))}");
        }

        foreach (var about in detailed ? [] : host.Pack.Status.GroupBy(n => n.Split('.')[0]))
        {
            console.MarkupLine($"  [bold]{Terminal.Safe(about.Key),-16}[/] {Terminal.Safe(string.Join(" · ", about.Select(n => Figure.Of(n, diagnosis.Snapshot.Find(n)?.Value))))}");
        }

        if (disk is not null)
        {
            console.MarkupLine($"  [bold]{"docker disk",-16}[/] {Terminal.Safe($"images {Figure.Bytes(disk.Images)} · containers {Figure.Bytes(disk.Containers)} · volumes {Figure.Bytes(disk.Volumes)} · build cache {Figure.Bytes(disk.BuildCache)}")}");
        }

        if (detailed)
        {
            Details(console, diagnosis.Snapshot);
        }
    }

    private static void Services(IAnsiConsole console, FieldMedicHost host, Snapshot snapshot)
    {
        if (host.Pack.Services.Count == 0 || !snapshot.IsObservable)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("Service", "State", "Running", "Restarts");
        foreach (var service in host.Pack.Services.Values.Where(s => !s.Optional || snapshot[$"{s.Name}.existing"].Number > 0))
        {
            var state = snapshot[$"{service.Name}.state"].ToString();
            var colour = state is "running" or "completed" ? "green" : "red";
            table.AddRow(Terminal.Safe(service.Name), $"[{colour}]{Terminal.Safe(state)}[/]", service.OneShot ? "-" : Terminal.Safe($"{snapshot[$"{service.Name}.running"]}/{snapshot[$"{service.Name}.desired"]}"), Terminal.Safe(snapshot[$"{service.Name}.restarts"].ToString()));
        }

        console.Write(table);
    }

    private static void Details(IAnsiConsole console, Snapshot snapshot)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns("Observation", "Value", "Evidence");
        foreach (var observation in snapshot.Observations.OrderBy(o => o.Name, StringComparer.Ordinal))
        {
            var stale = observation.StaleBy > TimeSpan.Zero ? $" (up to {observation.StaleBy.TotalSeconds:0} s old)" : "";
            table.AddRow(Terminal.Safe(observation.Name), Terminal.Safe(observation.Value + stale), Terminal.Safe(observation.Evidence));
        }

        console.Write(table);
        foreach (var probe in snapshot.Probes)
        {
            console.MarkupLine($"[grey]probe {Terminal.Safe(probe.Probe)}: {probe.Elapsed.TotalMilliseconds:0} ms[/]");
        }
    }
}
