using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Commands;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Docker;

/// <summary>
/// <c>compose.recreate</c>: makes the missing containers of one service again, from the project's own compose file as the labels of
/// its other containers name it. Existing containers, images, volumes and dependencies are left as they are.
/// </summary>
internal sealed class RecreateAction(RemedySpec remedy, Pack pack, DockerEngine docker, ComposeCommand compose) : IRemedyAction
{
    public string Remedy => remedy.Id;

    public async Task<ActionTargets> ResolveAsync(Snapshot snapshot, string? service, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (service is null || !pack.Services.TryGetValue(service, out var spec) || spec.OneShot)
        {
            return ActionTargets.None("no long-running service of the pack is named");
        }

        var missing = snapshot[$"{service}.missing"];
        if (missing.IsUnknown || missing.Number <= 0)
        {
            return ActionTargets.None($"no container of {service} is missing");
        }

        if (await compose.FindAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            return ActionTargets.None("there is no docker compose on this machine");
        }

        return await ProjectFilesAsync(cancellationToken).ConfigureAwait(false) is (null, var why)
            ? ActionTargets.None(why)
            : ActionTargets.Of([service]);
    }

    public async Task<ActionResult> ExecuteAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (!pack.Services.ContainsKey(action.Target))
        {
            return new ActionResult(false, $"{action.Target} is not a service of the pack; nothing was done");
        }

        var command = await compose.FindAsync(cancellationToken).ConfigureAwait(false);
        var (files, why) = await ProjectFilesAsync(cancellationToken).ConfigureAwait(false);
        if (command is null || files is null)
        {
            return new ActionResult(false, command is null ? "there is no docker compose on this machine" : why);
        }

        List<string> argv = [.. command, "--project-name", pack.ComposeProject!, "--project-directory", files.Folder];
        argv.AddRange(files.ConfigFiles.SelectMany(f => new[] { "--file", f }));
        argv.AddRange(files.EnvironmentFiles.SelectMany(f => new[] { "--env-file", f }));
        argv.AddRange(["up", "--detach", "--no-deps", "--no-recreate", "--no-build", action.Target]);
        var host = new Dictionary<string, string> { ["DOCKER_HOST"] = docker.Endpoint.Scheme == "unix" ? $"unix://{docker.Endpoint.AbsolutePath}" : docker.Endpoint.ToString().TrimEnd('/') };
        var ran = await FixedCommand.RunAsync(argv, files.Folder, host, cancellationToken).ConfigureAwait(false);
        return ran.ExitCode == 0
            ? new ActionResult(true, "recreated by compose")
            : new ActionResult(false, $"compose ended with {ran.ExitCode}: {ran.LastLine}");
    }

    private async Task<(ProjectFiles? Files, string Why)> ProjectFilesAsync(CancellationToken cancellationToken)
    {
        var siblings = await docker.ProjectAsync(pack.ComposeProject!, cancellationToken).ConfigureAwait(false);
        var labels = siblings.Select(s => s.Labels).FirstOrDefault(l => l.ContainsKey(ComposeLabels.ConfigFiles) && l.ContainsKey(ComposeLabels.WorkingDirectory));
        if (labels is null)
        {
            return (null, "no container of the project is left that names its compose file");
        }

        var files = labels[ComposeLabels.ConfigFiles].Split(',', StringSplitOptions.RemoveEmptyEntries);
        var folder = labels[ComposeLabels.WorkingDirectory];
        var environment = (labels.GetValueOrDefault(ComposeLabels.EnvironmentFile) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (files.Length == 0 || !Directory.Exists(folder) || files.Any(f => !File.Exists(f)))
        {
            return (null, "the project's compose file is not on this machine");
        }

        // Without it compose would fill in blanks and make another container than the one that is missing.
        return environment.Any(f => !File.Exists(f))
            ? (null, "the project's environment file is not on this machine")
            : (new ProjectFiles(folder, files, environment), "");
    }

    private sealed record ProjectFiles(string Folder, IReadOnlyList<string> ConfigFiles, IReadOnlyList<string> EnvironmentFiles);
}
