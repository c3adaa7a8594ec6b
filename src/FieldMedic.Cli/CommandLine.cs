using System.CommandLine;
using FieldMedic.Cli.Commands;
using FieldMedic.Cli.Output;
using FieldMedic.Hosting;
using FieldMedic.Journal;
using FieldMedic.Tracker;

namespace FieldMedic.Cli;

/// <summary>The command tree, and how every failure is told: one line for people, or one JSON object with <c>--json</c>.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = Build();
        var parsed = root.Parse(args);
        var isJson = args.Contains("--json", StringComparer.Ordinal);
        if (parsed.Errors.Count > 0)
        {
            return Fail(isJson, ExitCodes.Usage, UsageMistake.Explain(parsed));
        }

        using var interrupted = new Interruption();
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interrupted.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interrupted.Token.IsCancellationRequested)
        {
            return Fail(isJson, ExitCodes.Interrupted, "Interrupted. What was done is in the journal; the same command goes on from there.");
        }
        catch (ConfigurationException e)
        {
            return Fail(isJson, ExitCodes.Usage, e.Message);
        }
        catch (JournalException e)
        {
            return Fail(isJson, ExitCodes.TryAgain, e.Message);
        }
        catch (TrackerException e)
        {
            return Fail(isJson, e.IsTransient ? ExitCodes.TryAgain : ExitCodes.Usage, e.Message);
        }
        catch (Exception e)
        {
            var detail = Environment.GetEnvironmentVariable("FIELDMEDIC_DEBUG") == "1" ? e.ToString() : $"{e.Message} (set FIELDMEDIC_DEBUG=1 for details)";
            return Fail(isJson, ExitCodes.Internal, $"Internal error: {detail}");
        }
    }

    public static RootCommand Build()
    {
        var root = new RootCommand(
            """
            FieldMedic diagnoses a system that an issue reports as broken, repairs what its pack allows, verifies it, reports and closes the issue, or escalates.

            First steps:
              fieldmedic demo                     see the whole thing on a small system of its own
              fieldmedic doctor                   check token, repository, Docker, pack and store
              fieldmedic status                   measure the system
              fieldmedic support 42 --dry-run     what would be done for issue #42
              fieldmedic support 42               do it
              fieldmedic serve                    do it by itself, whenever an issue is opened
            """);
        GlobalOptions.AddTo(root);
        root.Add(SupportCommand.Build());
        root.Add(StatusCommand.Build());
        root.Add(SyncCheckCommand.Build());
        root.Add(LogsCommand.Build());
        root.Add(PreventionCommand.Build());
        root.Add(RemediateCommand.Build());
        root.Add(IncidentsCommand.Build());
        root.Add(KpiCommand.Build());
        root.Add(ReviewCommand.Build());
        root.Add(WatchCommand.Build());
        root.Add(PauseCommand.BuildPause());
        root.Add(PauseCommand.BuildResume());
        root.Add(McpCommand.Build());
        root.Add(TriageCommand.Build());
        root.Add(PackCommand.Build());
        root.Add(ServeCommand.Build());
        root.Add(StoreCommand.Build());
        root.Add(DoctorCommand.Build());
        root.Add(DemoCommand.Build());
        return root;
    }

    private static int Fail(bool isJson, int code, string message)
    {
        if (isJson)
        {
            JsonOut.Write(new { outcome = "failed", error = Terminal.Plain(message), exit_code = code });
        }
        else
        {
            Terminal.Error(message);
        }

        return code;
    }
}
