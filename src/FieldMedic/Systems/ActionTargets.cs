namespace FieldMedic.Systems;

/// <summary>What a remedy would act on now: targets in order, or none with the reason.</summary>
public sealed record ActionTargets
{
    private ActionTargets(IReadOnlyList<string> targets, string? unavailable)
    {
        Targets = targets;
        Unavailable = unavailable;
    }

    public IReadOnlyList<string> Targets { get; }

    /// <summary>Why this rung cannot be used now; null when it can.</summary>
    public string? Unavailable { get; }

    public static ActionTargets Of(IReadOnlyList<string> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return targets.Count == 0 || targets.Any(string.IsNullOrWhiteSpace)
            ? None("no target could be resolved")
            : new ActionTargets(targets, null);
    }

    public static ActionTargets None(string reason) => new([], reason);
}
