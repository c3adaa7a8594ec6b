namespace FieldMedic.Packs;

/// <summary>One entry of the catalogue of problems.</summary>
public sealed record ProblemSpec
{
    /// <summary>E.g. <c>worker_down</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The catalogue entry it is a variant of, e.g. <c>database_down</c>; null when it is one itself.</summary>
    public string? Kind { get; init; }

    /// <summary>Counts for an incident only where somebody complained of what it explains, or named it.</summary>
    public bool IsAdvisory { get; init; }

    /// <summary>The service it is about; null for the system as a whole.</summary>
    public string? Service { get; init; }

    /// <summary>Short wording for people, e.g. <c>Workers are down</c>.</summary>
    public required string Title { get; init; }

    /// <summary>All must hold.</summary>
    public required IReadOnlyList<Condition> When { get; init; }

    /// <summary>How long it has to hold in every sweep before it counts; for what a slow machine can feign, e.g. a missing answer.</summary>
    public TimeSpan For { get; init; }

    /// <summary>Beyond <see cref="When"/> being gone: what must hold for the proof. May compare with <c>before.</c> observations.</summary>
    public IReadOnlyList<Condition> Proof { get; init; } = [];

    /// <summary>Complaint kinds it explains.</summary>
    public IReadOnlyList<string> Explains { get; init; } = [];

    /// <summary>The ladder: remedy ids, cheapest first. Empty: a person is needed.</summary>
    public IReadOnlyList<string> Remedies { get; init; } = [];

    /// <summary>Observations of the before/after table.</summary>
    public IReadOnlyList<string> Show { get; init; } = [];

    /// <summary>Role to mention when a person is needed.</summary>
    public string Contact { get; init; } = "admin";

    /// <summary>The next step for a person.</summary>
    public string? NextStep { get; init; }

    /// <summary>How to keep it from happening again.</summary>
    public string? Prevention { get; init; }

    /// <summary>Problem ids that, when they hold too, are the cause of this one (besides service dependencies).</summary>
    public IReadOnlyList<string> CausedBy { get; init; } = [];

    /// <summary>How long everything must stay good after it was treated; null for the policy's window.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>The key its findings have.</summary>
    public string Key => Service is null ? Id : $"{Id}/{Service}";
}
