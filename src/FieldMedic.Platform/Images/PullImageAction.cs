using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Images;

/// <summary>
/// <c>docker.pull_image</c>: only by a name that says where it comes from and which one it is. A name without a registry or owner is
/// one that was built here: on a public registry it could be anybody's.
/// </summary>
internal sealed class PullImageAction(RemedySpec remedy, WantedImages images, DockerEngine docker) : ImageAction(remedy, images, docker)
{
    public static bool IsPinned(string name)
    {
        var hasOwner = name.Contains('/', StringComparison.Ordinal);
        var tag = name.LastIndexOf(':') is var at && at > name.LastIndexOf('/') ? name[(at + 1)..] : "latest";
        return hasOwner && (name.Contains("@sha256:", StringComparison.Ordinal) || tag != "latest");
    }

    protected override Task<string?> WhyNotAsync(WantedImage image, CancellationToken cancellationToken)
        => Task.FromResult(IsPinned(image.Name) ? null : "its name does not say whose image and which version it is, so it is not pulled");

    protected override async Task<ActionResult> ActAsync(WantedImage image, CancellationToken cancellationToken)
        => await Docker.PullImageAsync(image.Name, cancellationToken).ConfigureAwait(false) is { } failure
            ? new ActionResult(false, $"it could not be pulled: {failure}")
            : new ActionResult(true, "pulled");
}
