using FieldMedic.Incidents;

namespace FieldMedic.Systems;

/// <summary>One allow-listed way to change a system, bound to one remedy of the pack.</summary>
public interface IRemedyAction
{
    /// <summary>The remedy's id in the pack.</summary>
    string Remedy { get; }

    /// <summary>
    /// Names the exact targets it would act on now, or says why it cannot. Reads only. <paramref name="service"/> is the
    /// finding's service; an empty or unresolved target is unavailable, never "all".
    /// </summary>
    Task<ActionTargets> ResolveAsync(Snapshot snapshot, string? service, CancellationToken cancellationToken);

    /// <summary>Acts on the one target of <paramref name="action"/>. Called only by the executor, after the announcement is durable.</summary>
    Task<ActionResult> ExecuteAsync(PlannedAction action, CancellationToken cancellationToken);
}
