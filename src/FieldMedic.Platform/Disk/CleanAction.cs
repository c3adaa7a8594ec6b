using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Host;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Disk;

/// <summary>
/// Removes one piece a call. When the plan is made and before each removal the whole list is compared with what is protected: one
/// protected id among it, or a protection that cannot be read, and nothing at all is removed. Volumes are not within its reach.
/// </summary>
internal sealed class CleanAction(RemedySpec remedy, DockerEngine docker, RubbishFinder finder) : IRemedyAction
{
    private readonly CleanSettings _settings = (CleanSettings)remedy.Settings;

    public string Remedy => remedy.Id;

    public async Task<ActionTargets> ResolveAsync(Snapshot snapshot, string? service, CancellationToken cancellationToken)
    {
        var (rubbish, refusal) = await LookAsync(cancellationToken).ConfigureAwait(false);
        return refusal is not null ? ActionTargets.None(refusal)
            : rubbish.Count == 0 ? ActionTargets.None("nothing may be removed: whatever takes the room is held by containers, needed for jobs, or in volumes")
            : ActionTargets.Of([.. rubbish.Take(_settings.Most).Select(r => r.Target)]);
    }

    public async Task<ActionResult> ExecuteAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        var (rubbish, refusal) = await LookAsync(cancellationToken).ConfigureAwait(false);
        var piece = rubbish.FirstOrDefault(r => r.Is(action.Target));
        if (refusal is not null || piece is null)
        {
            return new ActionResult(false, $"{refusal ?? $"{action.Target} is not among what may be removed"}; nothing was done");
        }

        var before = await FreeAsync(cancellationToken).ConfigureAwait(false);
        await RemoveAsync(piece, cancellationToken).ConfigureAwait(false);
        var after = await FreeAsync(cancellationToken).ConfigureAwait(false);
        return new ActionResult(true, before is { } was && after is { } now
            ? $"removed, {Rubbish.Size(Math.Max(0, now - was))} freed, {Rubbish.Size(now)} free now"
            : "removed");
    }

    private Task RemoveAsync(Rubbish piece, CancellationToken cancellationToken)
    {
        switch (piece.Kind)
        {
            case RubbishKind.Container: return docker.RemoveContainerAsync(piece.Id, cancellationToken);
            case RubbishKind.Image: return docker.RemoveImageAsync(piece.Id, cancellationToken);
            case RubbishKind.BuildCache: return docker.PruneBuildCacheAsync(cancellationToken);
            default:
                File.Delete(RotatedLogs.IsRotated(Path.GetFileName(piece.Id)) ? piece.Id : throw new IOException("that is no rotated log"));
                return Task.CompletedTask;
        }
    }

    private async Task<(IReadOnlyList<Rubbish> Rubbish, string? Refusal)> LookAsync(CancellationToken cancellationToken)
    {
        var rubbish = await finder.FindAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var kept = await finder.ProtectedAsync(cancellationToken).ConfigureAwait(false);
            return rubbish.FirstOrDefault(r => kept.Contains(r.Id)) is { } clash
                ? ([], $"{clash.Name} is protected and yet among what would be removed")
                : (rubbish, null);
        }
        catch (Exception e) when (e is IOException or DockerException)
        {
            return ([], $"what must be kept cannot be read in full ({e.Message})");
        }
    }

    /// <summary>Free bytes where Docker keeps its data; null when that is out of sight.</summary>
    private async Task<double?> FreeAsync(CancellationToken cancellationToken)
    {
        var root = await docker.RunsHereAsync(cancellationToken).ConfigureAwait(false) ? (await docker.InfoAsync(cancellationToken).ConfigureAwait(false)).RootFolder : "";
        return Directory.Exists(root) ? FileSystemFigures.Of(root).FreeBytes : null;
    }
}
