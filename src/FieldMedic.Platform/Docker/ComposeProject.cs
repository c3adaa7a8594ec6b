using FieldMedic.Packs;
using FieldMedic.Platform.Commands;

namespace FieldMedic.Platform.Docker;

/// <summary>Runs compose on the project's own files, as the labels of its containers name them. Only fixed arguments get here.</summary>
internal sealed class ComposeProject(Pack pack, DockerEngine docker, ComposeCommand compose)
{
    // Files of the same path on this machine may be those of another version or another system.
    private const string NotOverSsh = "not available over ssh: the project's compose files are on the other host";

    /// <summary>Why compose cannot be used; null when it can.</summary>
    public async Task<string?> WhyNotAsync(CancellationToken cancellationToken)
        => docker.Ssh is not null ? NotOverSsh
            : await compose.FindAsync(cancellationToken).ConfigureAwait(false) is null ? "there is no docker compose on this machine"
            : await FilesAsync(cancellationToken).ConfigureAwait(false) is (null, var why) ? why : null;

    /// <summary>What went wrong; null when it succeeded.</summary>
    public async Task<string?> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (docker.Ssh is not null)
        {
            return NotOverSsh;
        }

        var command = await compose.FindAsync(cancellationToken).ConfigureAwait(false);
        var (files, why) = await FilesAsync(cancellationToken).ConfigureAwait(false);
        if (command is null || files is null)
        {
            return command is null ? "there is no docker compose on this machine" : why;
        }

        List<string> argv = [.. command, "--project-name", pack.ComposeProject!, "--project-directory", files.Folder];
        argv.AddRange(files.ConfigFiles.SelectMany(f => new[] { "--file", f }));
        argv.AddRange(files.EnvironmentFiles.SelectMany(f => new[] { "--env-file", f }));
        argv.AddRange(arguments);
        var host = new Dictionary<string, string> { ["DOCKER_HOST"] = docker.Endpoint.Scheme == "unix" ? $"unix://{docker.Endpoint.AbsolutePath}" : docker.Endpoint.ToString().TrimEnd('/') };
        var ran = await FixedCommand.RunAsync(argv, files.Folder, host, cancellationToken).ConfigureAwait(false);
        return ran.ExitCode == 0 ? null : $"compose ended with {ran.ExitCode}: {ran.LastLine}";
    }

    private async Task<(ProjectFiles? Files, string Why)> FilesAsync(CancellationToken cancellationToken)
    {
        var siblings = await docker.ProjectAsync(pack.ComposeProject!, cancellationToken).ConfigureAwait(false);
        // A project that was moved has containers that still name the old place: what most of them name comes first.
        var places = siblings.Select(s => s.Labels)
            .Where(l => l.ContainsKey(ComposeLabels.ConfigFiles) && l.ContainsKey(ComposeLabels.WorkingDirectory))
            .GroupBy(l => (l[ComposeLabels.WorkingDirectory], l[ComposeLabels.ConfigFiles], l.GetValueOrDefault(ComposeLabels.EnvironmentFile) ?? ""))
            .OrderByDescending(g => g.Count())
            .Select(g => Look(g.Key.Item1, List(g.Key.Item2), List(g.Key.Item3)))
            .ToList();
        return places.Count == 0 ? (null, "no container of the project is left that names its compose file") : places.Find(p => p.Files is not null) is { Files: not null } found ? found : places[0];

        static string[] List(string label) => label.Split(',', StringSplitOptions.RemoveEmptyEntries);
    }

    private static (ProjectFiles? Files, string Why) Look(string folder, string[] files, string[] environment)
    {
        if (files.Length == 0 || !Directory.Exists(folder) || files.Any(f => !File.Exists(f)))
        {
            return (null, "the project's compose file is not on this machine");
        }

        // Without it compose would fill in blanks and make something else than what is missing.
        return environment.Any(f => !File.Exists(f))
            ? (null, "the project's environment file is not on this machine")
            : (new ProjectFiles(folder, files, environment), "");
    }

    private sealed record ProjectFiles(string Folder, IReadOnlyList<string> ConfigFiles, IReadOnlyList<string> EnvironmentFiles);
}
