using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Images;
using FieldMedic.Platform.Postgres;

namespace FieldMedic.Platform.Disk;

/// <summary>
/// Finds what may be removed, and apart from that what must never be. The two do not share their reasoning: a mistake in the first is
/// caught by the second.
/// </summary>
internal sealed class RubbishFinder(CleanSettings settings, Pack pack, DockerEngine docker, WantedImages wanted, DeadRows? jobs)
{
    // The daemon walks through all volumes to answer; then the builder's cache is left out.
    private static readonly TimeSpan CacheBudget = TimeSpan.FromSeconds(4);

    /// <summary>Containers first, then images from the leaves on, so that each can go when its turn comes.</summary>
    public async Task<IReadOnlyList<Rubbish>> FindAsync(CancellationToken cancellationToken)
    {
        var containers = await docker.ContainersAsync(cancellationToken).ConfigureAwait(false);
        var images = await docker.ImagesAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. await ContainersAsync(containers, cancellationToken).ConfigureAwait(false),
            .. Nameless(images, containers),
            .. await CacheAsync(cancellationToken).ConfigureAwait(false),
            .. await LogsAsync(cancellationToken).ConfigureAwait(false),
        ];
    }

    /// <summary>Ids that must never be among what is removed.</summary>
    /// <exception cref="IOException">They cannot be read in full.</exception>
    public async Task<IReadOnlySet<string>> ProtectedAsync(CancellationToken cancellationToken)
    {
        var needed = await wanted.LookAsync(cancellationToken).ConfigureAwait(false);
        var containers = await docker.ContainersAsync(cancellationToken).ConfigureAwait(false);
        var images = (await docker.ImagesAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(i => i.Id, StringComparer.Ordinal);
        if (containers.Any(c => c.ImageId.Length == 0 || c.State.Length == 0))
        {
            throw new IOException("the daemon does not say of each container which image it holds");
        }

        var roots = containers.Select(c => c.ImageId).Concat(needed.Select(n => n.Id).OfType<string>()).Concat(images.Values.Where(i => i.IsNamed).Select(i => i.Id));
        var kept = containers.Where(c => c.IsAlive || c.Project.Length > 0).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var root in roots)
        {
            // What an image is made of goes with it.
            for (var id = root; id.Length > 0 && kept.Add(id);)
            {
                id = images.GetValueOrDefault(id)?.ParentId ?? "";
            }
        }

        return kept;
    }

    private async Task<IReadOnlyList<Rubbish>> ContainersAsync(IReadOnlyList<ListedContainer> containers, CancellationToken cancellationToken)
    {
        if (jobs is null || settings.Over is null)
        {
            return [];
        }

        var ended = containers.Where(c => !c.IsAlive && c.Project.Length == 0 && jobs.RowOf(c) is not null).ToDictionary(c => c, c => jobs.RowOf(c)!);
        if (ended.Count == 0)
        {
            return [];
        }

        try
        {
            var over = await jobs.OverAsync([.. ended.Values.Distinct(StringComparer.Ordinal)], settings.Over, cancellationToken).ConfigureAwait(false);
            return [.. ended.Where(e => over.Contains(e.Value)).Select(e => new Rubbish(RubbishKind.Container, e.Key.Id, $"container {e.Key.Id[..12]}", e.Key.Bytes))];
        }
        catch (IOException)
        {
            // A full disk may have silenced the database: then nobody knows which jobs are over, and their containers stay.
            return [];
        }
    }

    private static List<Rubbish> Nameless(IReadOnlyList<ListedImage> images, IReadOnlyList<ListedContainer> containers)
    {
        var used = containers.Select(c => c.ImageId).ToHashSet(StringComparer.Ordinal);
        var left = images.ToList();
        var found = new List<Rubbish>();
        while (left.Find(i => !i.IsNamed && !used.Contains(i.Id) && !left.Exists(child => child.ParentId == i.Id)) is { } leaf)
        {
            left.Remove(leaf);
            var own = left.Find(p => p.Id == leaf.ParentId)?.Bytes ?? 0;
            found.Add(new Rubbish(RubbishKind.Image, leaf.Id, $"image {leaf.Id["sha256:".Length..][..12]}", Math.Max(0, leaf.Bytes - own)));
        }

        return found;
    }

    private async Task<IReadOnlyList<Rubbish>> CacheAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(CacheBudget);
        try
        {
            var bytes = await docker.BuildCacheBytesAsync(limit.Token).ConfigureAwait(false);
            return bytes > 0 ? [new Rubbish(RubbishKind.BuildCache, "", "build cache", bytes)] : [];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<Rubbish>> LogsAsync(CancellationToken cancellationToken)
    {
        if (!await docker.RunsHereAsync(cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        var root = (await docker.InfoAsync(cancellationToken).ConfigureAwait(false)).RootFolder;
        var folders = (settings.Logs ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(f => Path.Combine(pack.Folder, f));
        return [.. RotatedLogs.OfDaemon(root), .. folders.SelectMany(RotatedLogs.In)];
    }
}
