using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Docker;

/// <summary>
/// <c>compose.recreate</c>: makes the missing containers of one service again, from the project's own compose file as the labels of
/// its other containers name it. Existing containers, images, volumes and dependencies are left as they are.
/// </summary>
internal sealed class RecreateAction(RemedySpec remedy, Pack pack, ComposeProject compose) : IRemedyAction
{
    public string Remedy => remedy.Id;

    public async Task<ActionTargets> ResolveAsync(Snapshot snapshot, string? service, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (service is null || !pack.Services.TryGetValue(service, out var spec) || spec.OneShot)
        {
            return ActionTargets.None("no long-running service of the pack is named");
        }

        var missing = snapshot[$"{service}.missing"];
        if (missing.IsUnknown || missing.Number <= 0)
        {
            return ActionTargets.None($"no container of {service} is missing");
        }

        return await compose.WhyNotAsync(cancellationToken).ConfigureAwait(false) is { } why ? ActionTargets.None(why) : ActionTargets.Of([service]);
    }

    public async Task<ActionResult> ExecuteAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (!pack.Services.ContainsKey(action.Target))
        {
            return new ActionResult(false, $"{action.Target} is not a service of the pack; nothing was done");
        }

        return await compose.RunAsync(["up", "--detach", "--no-deps", "--no-recreate", "--no-build", action.Target], cancellationToken).ConfigureAwait(false) is { } failure
            ? new ActionResult(false, failure)
            : new ActionResult(true, "recreated by compose");
    }
}
