using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Docker;

/// <summary><c>docker.unpause</c>.</summary>
internal sealed class UnpauseAction(RemedySpec remedy, Pack pack, DockerEngine docker) : ContainerAction(remedy, pack, docker)
{
    protected override string Wanted => "paused";

    protected override bool IsCandidate(ContainerFacts container) => container.Paused;

    protected override async Task<ActionResult> ActAsync(ContainerFacts container, CancellationToken cancellationToken)
    {
        await Docker.UnpauseAsync(container.Id, cancellationToken).ConfigureAwait(false);
        return new ActionResult(true, "unpaused");
    }
}
