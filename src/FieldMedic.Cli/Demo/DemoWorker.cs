namespace FieldMedic.Cli.Demo;

/// <summary>The worker: does one job after the other. It refuses to run with a configuration it cannot read.</summary>
internal static class DemoWorker
{
    public static async Task<int> RunAsync(DemoFolder folder)
    {
        if (File.Exists(folder.WorkerConfiguration) && !File.ReadAllText(folder.WorkerConfiguration).StartsWith("speed=", StringComparison.Ordinal))
        {
            folder.Log(DemoFolder.Worker, "ERROR worker.conf: expected speed=<n>");
            return 1;
        }

        folder.Log(DemoFolder.Worker, "started");
        while (folder.HasOwner)
        {
            var pause = DemoQueue.TakeOne(folder) ? TimeSpan.FromMilliseconds(150) : TimeSpan.FromMilliseconds(300);
            await Task.Delay(pause, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        }

        return 0;
    }
}
