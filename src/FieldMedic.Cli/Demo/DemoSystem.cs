using System.Text.Json;

namespace FieldMedic.Cli.Demo;

/// <summary>The hidden verb <c>demo-system</c>: the small system's processes, its probe and its remedies.</summary>
internal static class DemoSystem
{
    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["api", var folder]:
                return await LoggedAsync(new DemoFolder(folder), DemoFolder.Api, DemoApi.RunAsync).ConfigureAwait(false);
            case ["worker", var folder]:
                return await LoggedAsync(new DemoFolder(folder), DemoFolder.Worker, DemoWorker.RunAsync).ConfigureAwait(false);
            case ["probe", var folder]:
                Console.Out.WriteLine(Probe(new DemoFolder(folder)));
                return 0;
            case ["start", var folder, var name]:
                return await StartAsync(new DemoFolder(folder), name).ConfigureAwait(false);
            case ["restart", var folder, var name]:
                new DemoFolder(folder).ProcessOf(name)?.Kill();
                return await StartAsync(new DemoFolder(folder), name).ConfigureAwait(false);
            default:
                await Console.Error.WriteLineAsync("demo-system is used by 'fieldmedic demo' only.").ConfigureAwait(false);
                return ExitCodes.Usage;
        }
    }

    /// <summary>Nobody reads what these processes write: how they end is told in their log.</summary>
    private static async Task<int> LoggedAsync(DemoFolder folder, string name, Func<DemoFolder, Task<int>> run)
    {
        try
        {
            var code = await run(folder).ConfigureAwait(false);
            folder.Log(name, $"ended with {code}");
            return code;
        }
        catch (Exception e)
        {
            folder.Log(name, $"failed: {e}");
            throw;
        }
    }

    private static string Probe(DemoFolder folder)
    {
        var (pending, done) = DemoQueue.Count(folder);
        var worker = folder.ProcessOf(DemoFolder.Worker);
        var api = folder.ProcessOf(DemoFolder.Api);
        return JsonSerializer.Serialize(new Dictionary<string, double?>
        {
            ["worker.running"] = worker is null ? 0 : 1,
            ["worker.started_at"] = worker?.StartedAt,
            ["api.running"] = api is null ? 0 : 1,
            ["api.started_at"] = api?.StartedAt,
            ["queue.pending"] = pending,
            ["queue.done"] = done,
        });
    }

    /// <summary>Starts one process and gives it a moment: one that ends at once was not started.</summary>
    private static async Task<int> StartAsync(DemoFolder folder, string name)
    {
        using var process = folder.Launch(name);
        using var moment = new CancellationTokenSource(TimeSpan.FromMilliseconds(600));
        try
        {
            await process.WaitForExitAsync(moment.Token).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"the {name} ended at once with exit code {process.ExitCode}").ConfigureAwait(false);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }
}
