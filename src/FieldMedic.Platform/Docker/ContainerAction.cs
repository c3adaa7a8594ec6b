using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Docker;

/// <summary>
/// An action on the containers of one service. Targets are read from the daemon by project and service label when the plan is
/// made, and read again right before acting: a name that no longer belongs to the service is refused.
/// </summary>
internal abstract class ContainerAction(RemedySpec remedy, Pack pack, DockerEngine docker) : IRemedyAction
{
    private readonly string? _namedBy = (remedy.Settings as DockerRemedySettings)?.NamedBy;

    public string Remedy => remedy.Id;

    protected DockerEngine Docker => docker;

    /// <summary>What the action treats, for the message when there is none, e.g. "stopped".</summary>
    protected abstract string Wanted { get; }

    protected abstract bool IsCandidate(ContainerFacts container);

    /// <summary>Why a candidate must be left alone although its state asks for the action; reads only.</summary>
    protected virtual Task<string?> RefuseAsync(ContainerFacts container, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    protected abstract Task<ActionResult> ActAsync(ContainerFacts container, CancellationToken cancellationToken);

    public async Task<ActionTargets> ResolveAsync(Snapshot snapshot, string? service, CancellationToken cancellationToken)
    {
        if (service is null || !pack.Services.TryGetValue(service, out var spec))
        {
            return ActionTargets.None("no service of the pack is named");
        }

        if (spec.OneShot)
        {
            return ActionTargets.None($"{service} runs once; exited is its healthy state");
        }

        var candidates = await CandidatesAsync(service, cancellationToken).ConfigureAwait(false);
        if (_namedBy is not null)
        {
            var named = snapshot.Find($"{service}.{_namedBy}")?.Value is { IsUnknown: false, Text: { } listed } ? listed.Split(',', StringSplitOptions.TrimEntries) : [];
            candidates.RemoveAll(c => !named.Contains(c.Name, StringComparer.Ordinal));
        }

        foreach (var candidate in candidates)
        {
            if (await RefuseAsync(candidate, cancellationToken).ConfigureAwait(false) is { } refused)
            {
                return ActionTargets.None(refused);
            }
        }

        return candidates.Count == 0 ? ActionTargets.None($"no container of {service} is {Wanted}") : ActionTargets.Of([.. candidates.Select(c => c.Name)]);
    }

    public async Task<ActionResult> ExecuteAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        var candidates = action.Service is null || !pack.Services.TryGetValue(action.Service, out var spec) || spec.OneShot ? [] : await CandidatesAsync(action.Service, cancellationToken).ConfigureAwait(false);
        return candidates.FirstOrDefault(c => c.Name == action.Target) is { } container
            ? await ActAsync(container, cancellationToken).ConfigureAwait(false)
            : new ActionResult(false, $"{action.Target} is no longer a {Wanted} container of {action.Service}; nothing was done");
    }

    private async Task<List<ContainerFacts>> CandidatesAsync(string service, CancellationToken cancellationToken)
        => [.. (await docker.ServiceAsync(pack.ComposeProject!, service, cancellationToken).ConfigureAwait(false)).Where(IsCandidate)];
}
