using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Images;

/// <summary><c>docker.load_image</c>: from an archive in the configured folder that holds exactly this image and nothing else.</summary>
internal sealed class LoadImageAction(RemedySpec remedy, Pack pack, WantedImages images, DockerEngine docker) : ImageAction(remedy, images, docker)
{
    protected override async Task<string?> WhyNotAsync(WantedImage image, CancellationToken cancellationToken)
    {
        if (Settings.Folder is not { Length: > 0 } named)
        {
            return "no folder with saved images is configured";
        }

        var folder = Path.Combine(pack.Folder, named);
        await using var found = Directory.Exists(folder) ? await FindAsync(folder, image.Name, cancellationToken).ConfigureAwait(false) : null;
        return found is null ? "no archive in the configured folder holds it, and only it" : null;
    }

    protected override async Task<ActionResult> ActAsync(WantedImage image, CancellationToken cancellationToken)
    {
        // The very file that is checked is sent: it stays open in between.
        await using var archive = await FindAsync(Path.Combine(pack.Folder, Settings.Folder!), image.Name, cancellationToken).ConfigureAwait(false);
        if (archive is null)
        {
            return new ActionResult(false, "the archive is gone; nothing was done");
        }

        var file = Path.GetFileName(archive.Name);
        await Docker.LoadImageAsync(archive, cancellationToken).ConfigureAwait(false);
        return new ActionResult(true, $"loaded from {file}");
    }

    /// <summary>The newest fitting archive, open and at its beginning.</summary>
    private static async Task<FileStream?> FindAsync(string folder, string image, CancellationToken cancellationToken)
    {
        foreach (var file in new DirectoryInfo(folder).GetFiles("*.tar").OrderByDescending(f => f.LastWriteTimeUtc))
        {
            var archive = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.Asynchronous);
            if (await SavedImage.HoldsOnlyAsync(archive, image, cancellationToken).ConfigureAwait(false))
            {
                archive.Position = 0;
                return archive;
            }

            await archive.DisposeAsync().ConfigureAwait(false);
        }

        return null;
    }
}
