using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Images;

/// <summary><c>compose.build_image</c>: rebuilds a missing image from the project's own compose file.</summary>
internal sealed class BuildImageAction(RemedySpec remedy, WantedImages images, DockerEngine docker, ComposeProject compose) : ImageAction(remedy, images, docker)
{
    protected override async Task<string?> WhyNotAsync(WantedImage image, CancellationToken cancellationToken)
        => image.Service is null ? "no service of the project builds it" : await compose.WhyNotAsync(cancellationToken).ConfigureAwait(false);

    protected override async Task<ActionResult> ActAsync(WantedImage image, CancellationToken cancellationToken)
        => await compose.RunAsync(["build", image.Service!], cancellationToken).ConfigureAwait(false) is { } failure
            ? new ActionResult(false, failure)
            : new ActionResult(true, $"built by compose as service {image.Service}");
}
