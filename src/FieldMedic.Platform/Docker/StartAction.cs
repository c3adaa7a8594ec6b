using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Docker;

/// <summary><c>docker.start</c>: one start call for each stopped container.</summary>
internal sealed class StartAction(RemedySpec remedy, Pack pack, DockerEngine docker) : ContainerAction(remedy, pack, docker)
{
    protected override string Wanted => "stopped";

    protected override bool IsCandidate(ContainerFacts container) => container.IsStopped;

    protected override async Task<ActionResult> ActAsync(ContainerFacts container, CancellationToken cancellationToken)
    {
        await Docker.StartAsync(container.Id, cancellationToken).ConfigureAwait(false);
        return new ActionResult(true, "started");
    }
}
