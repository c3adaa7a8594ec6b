using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Commands;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Docker;

/// <summary>Runs the pack's fixed argv in each running container of a service, after its check has passed there.</summary>
internal sealed class DockerExecAction(RemedySpec remedy, Pack pack, DockerEngine docker) : ContainerAction(remedy, pack, docker)
{
    private readonly DockerExecRemedySettings _settings = (DockerExecRemedySettings)remedy.Settings;

    protected override string Wanted => "running";

    protected override bool IsCandidate(ContainerFacts container) => container is { Running: true, Paused: false, Restarting: false };

    protected override async Task<string?> RefuseAsync(ContainerFacts container, CancellationToken cancellationToken)
    {
        if (_settings.Check.Count == 0)
        {
            return null;
        }

        var ran = await RunAsync(container, _settings.Check, cancellationToken).ConfigureAwait(false);
        return ran.ExitCode == 0 ? null : $"{string.Join(' ', _settings.Check)} fails in {container.Name}: {ran.LastLine}";
    }

    protected override async Task<ActionResult> ActAsync(ContainerFacts container, CancellationToken cancellationToken)
    {
        if (await RefuseAsync(container, cancellationToken).ConfigureAwait(false) is { } refused)
        {
            return new ActionResult(false, $"{refused}; nothing was done");
        }

        var ran = await RunAsync(container, _settings.Argv, cancellationToken).ConfigureAwait(false);
        return ran.ExitCode == 0 ? new ActionResult(true, "done") : new ActionResult(false, $"ended with {ran.ExitCode}: {ran.LastLine}");
    }

    private async Task<CommandOutput> RunAsync(ContainerFacts container, IReadOnlyList<string> argv, CancellationToken cancellationToken)
    {
        var ran = await Docker.ExecAsync(container.Id, argv, [], cancellationToken).ConfigureAwait(false);
        return new CommandOutput((int)ran.ExitCode, ran.Output, ran.Error);
    }
}
