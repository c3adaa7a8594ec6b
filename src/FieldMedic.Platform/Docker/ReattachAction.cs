using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Docker;

/// <summary>
/// <c>docker.reattach</c>: for containers that run and are no longer found under their service's name, which no restart mends.
/// Only into the network they were made for, and only when that is the project's own.
/// </summary>
internal sealed class ReattachAction(RemedySpec remedy, Pack pack, DockerEngine docker) : ContainerAction(remedy, pack, docker)
{
    private readonly Pack _pack = pack;

    protected override string Wanted => "cut off";

    protected override bool IsCandidate(ContainerFacts container) => container.IsCutOff;

    protected override async Task<string?> RefuseAsync(ContainerFacts container, CancellationToken cancellationToken)
        => await Docker.NetworkProjectAsync(container.HomeNetwork, cancellationToken).ConfigureAwait(false) switch
        {
            null => $"the network {container.HomeNetwork} is gone",
            var project when project != _pack.ComposeProject => $"the network {container.HomeNetwork} is not the project's own",
            _ => null,
        };

    protected override async Task<ActionResult> ActAsync(ContainerFacts container, CancellationToken cancellationToken)
    {
        if (await RefuseAsync(container, cancellationToken).ConfigureAwait(false) is { } refused)
        {
            return new ActionResult(false, $"{refused}; nothing was done");
        }

        if (container.Networks.Contains(container.HomeNetwork, StringComparer.Ordinal))
        {
            await Docker.DisconnectAsync(container.HomeNetwork, container.Id, cancellationToken).ConfigureAwait(false);
        }

        await Docker.ConnectAsync(container.HomeNetwork, container.Id, [container.Name, container.Service], cancellationToken).ConfigureAwait(false);
        return new ActionResult(true, "reattached");
    }
}
