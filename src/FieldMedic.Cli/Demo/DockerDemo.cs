using System.Diagnostics;
using FieldMedic.Cli.Commands;
using FieldMedic.Hosting;
using FieldMedic.Incidents;
using FieldMedic.Storage;
using GitHubSimulator;

namespace FieldMedic.Cli.Demo;

/// <summary>The demo on the sandbox patient. It breaks only a stack whose compose file lies in <c>sandbox/qfieldcloud</c>.</summary>
internal static class DockerDemo
{
    public static async Task<int> RunAsync(FieldMedicSettings settings, bool isJson, CancellationToken cancellationToken)
    {
        var project = settings.Variables.GetValueOrDefault("COMPOSE_PROJECT_NAME") is { Length: > 0 } named ? named : "qfieldcloud";
        var workers = (await DockerAsync(cancellationToken, "ps", "--filter", $"label=com.docker.compose.project={project}", "--filter", "label=com.docker.compose.service=worker_wrapper", "--format", "{{.Names}} {{.Label \"com.docker.compose.project.working_dir\"}}").ConfigureAwait(false))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(l => l.Split(' ', 2))
            .ToList();
        if (workers.Count == 0)
        {
            throw new ConfigurationException($"No running workers of compose project '{project}'. Start the patient first: sandbox/qfieldcloud/up");
        }

        if (workers.Any(w => w.Length < 2 || !w[1].Replace('\\', '/').EndsWith("sandbox/qfieldcloud", StringComparison.Ordinal)))
        {
            throw new ConfigurationException($"Compose project '{project}' is not the sandbox patient: the demo would break a real system. Nothing was done.");
        }

        await using var gitHub = await SimulatorHost.StartAsync(new SimulatorOptions(), cancellationToken).ConfigureAwait(false);
        await DockerAsync(cancellationToken, ["kill", .. workers.Select(w => w[0])]).ConfigureAwait(false);
        var number = gitHub.Store.OpenIssue(DemoStage.Repository, "ada", "Sync stuck at 50%", "My upload does not move since ten minutes.").Number;
        DemoCommand.Say(isJson, $"Killed {workers.Count} workers of the sandbox patient; a user files issue #{number}: \"Sync stuck at 50%%\".".Replace("%%", "%", StringComparison.Ordinal));
        var store = Path.Combine(Directory.CreateTempSubdirectory("fieldmedic-demo-").FullName, "journal.db");
        try
        {
            var own = settings with { Repository = DemoStage.Repository, ApiUrl = gitHub.Url, Token = () => "demo-token", Store = StoreAddress.OfFile(store) };
            return await DemoCommand.ResolveAsync(own, new IssueRef(DemoStage.Repository, number), isJson, () => gitHub.Store.GetIssue(DemoStage.Repository, number).Comments.Select(c => c.Body), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(Path.GetDirectoryName(store)!, recursive: true);
        }
    }

    private static async Task<string> DockerAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return process.ExitCode == 0 ? await output.ConfigureAwait(false) : throw new ConfigurationException($"docker {arguments[0]} failed: {(await error.ConfigureAwait(false)).Trim()}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new ConfigurationException("There is no docker on this machine. 'fieldmedic demo' without --docker needs none.", e);
        }
    }
}
