using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Images;

/// <summary>An action on one wanted image. The target is a name out of the users' settings, looked up again right before acting.</summary>
internal abstract class ImageAction(RemedySpec remedy, WantedImages images, DockerEngine docker) : IRemedyAction
{
    public string Remedy => remedy.Id;

    protected ImageRemedySettings Settings { get; } = (ImageRemedySettings)remedy.Settings;

    protected DockerEngine Docker => docker;

    /// <summary>What is wrong with the images it treats, for the message when there is none.</summary>
    protected virtual string Wanted => "missing";

    protected virtual bool IsCandidate(WantedImage image) => image.IsMissing;

    /// <summary>Why it cannot treat this one; null when it can.</summary>
    protected abstract Task<string?> WhyNotAsync(WantedImage image, CancellationToken cancellationToken);

    protected abstract Task<ActionResult> ActAsync(WantedImage image, CancellationToken cancellationToken);

    public async Task<ActionTargets> ResolveAsync(Snapshot snapshot, string? service, CancellationToken cancellationToken)
    {
        var candidates = (await images.LookAsync(cancellationToken).ConfigureAwait(false)).Where(IsCandidate).ToList();
        if (candidates.Count == 0)
        {
            return ActionTargets.None($"no wanted image is {Wanted}");
        }

        var can = new List<string>();
        var reasons = new List<string>();
        foreach (var image in candidates)
        {
            if (await WhyNotAsync(image, cancellationToken).ConfigureAwait(false) is { } why)
            {
                reasons.Add($"{image.Name}: {why}");
            }
            else
            {
                can.Add(image.Name);
            }
        }

        return can.Count == 0 ? ActionTargets.None(string.Join("; ", reasons)) : ActionTargets.Of(can);
    }

    public async Task<ActionResult> ExecuteAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        var image = (await images.LookAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(i => i.Name == action.Target && IsCandidate(i));
        if (image is null)
        {
            return new ActionResult(false, $"{action.Target} is no wanted image that is {Wanted}; nothing was done");
        }

        var result = await WhyNotAsync(image, cancellationToken).ConfigureAwait(false) is { } why
            ? new ActionResult(false, $"{why}; nothing was done")
            : await ActAsync(image, cancellationToken).ConfigureAwait(false);
        return result.Succeeded && await docker.ImageIdAsync(image.Name, cancellationToken).ConfigureAwait(false) is null
            ? new ActionResult(false, $"{result.Detail}, and yet the image is not there")
            : result;
    }
}
