using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Docker;

/// <summary><c>docker.restart</c>: for containers that run but do not work.</summary>
internal sealed class RestartAction(RemedySpec remedy, Pack pack, DockerEngine docker) : ContainerAction(remedy, pack, docker)
{
    private readonly uint _grace = (uint)((DockerRemedySettings)remedy.Settings).Grace.TotalSeconds;

    protected override string Wanted => "running";

    protected override bool IsCandidate(ContainerFacts container) => container.Running || container.Restarting;

    protected override async Task<ActionResult> ActAsync(ContainerFacts container, CancellationToken cancellationToken)
    {
        await Docker.RestartAsync(container.Id, _grace, cancellationToken).ConfigureAwait(false);
        return new ActionResult(true, "restarted");
    }
}
