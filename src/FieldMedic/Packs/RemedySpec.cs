namespace FieldMedic.Packs;

/// <summary>One entry of the allow-list.</summary>
public sealed record RemedySpec
{
    public required string Id { get; init; }

    /// <summary>E.g. <c>docker.start</c>.</summary>
    public required string Kind { get; init; }

    public required IRemedySettings Settings { get; init; }

    public Risk Risk { get; init; } = Risk.Low;

    /// <summary>The most one action may take.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Must hold before it may run; unknown counts as no.</summary>
    public IReadOnlyList<Condition> Requires { get; init; } = [];

    /// <summary>Minimum time between two uses on the same target; null for the policy's.</summary>
    public TimeSpan? Cooldown { get; init; }

    /// <summary>Uses on the same target within the policy's window; null for the policy's.</summary>
    public int? Attempts { get; init; }

    /// <summary>Null for the policy's.</summary>
    public Autonomy? Autonomy { get; init; }

    /// <summary>The remedy relieves, the cause remains: the best verdict is Mitigated.</summary>
    public bool Temporary { get; init; }
}
