using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Images;

/// <summary>
/// <c>compose.hold_image</c>: makes the one-shot container again that keeps an image from being pruned. It is created and not
/// started; containers that exist are left as they are.
/// </summary>
internal sealed class HoldImageAction(RemedySpec remedy, WantedImages images, DockerEngine docker, ComposeProject compose) : ImageAction(remedy, images, docker)
{
    protected override string Wanted => "without a container that holds it";

    protected override bool IsCandidate(WantedImage image) => image.IsUnheld;

    protected override Task<string?> WhyNotAsync(WantedImage image, CancellationToken cancellationToken) => compose.WhyNotAsync(cancellationToken);

    protected override async Task<ActionResult> ActAsync(WantedImage image, CancellationToken cancellationToken)
        => await compose.RunAsync(["up", "--no-start", "--no-deps", "--no-recreate", "--no-build", image.Service!], cancellationToken).ConfigureAwait(false) is { } failure
            ? new ActionResult(false, failure)
            : new ActionResult(true, $"container of {image.Service} created, not started");
}
