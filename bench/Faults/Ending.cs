namespace FieldMedic.Bench.Faults;

/// <summary>How a run ended, as the oracle saw it; the medic's own word only where it is what is judged.</summary>
internal sealed record Ending
{
    /// <summary>Kinds of the medic's findings, root first.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    public IReadOnlyList<string> Deeds { get; init; } = [];

    /// <summary>Lines of the oracle that are not "ok".</summary>
    public IReadOnlyList<string> Ailments { get; init; } = [];

    /// <summary>Lines of the inventory that were there before and are not now.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    public bool IsClosed { get; init; }

    public int Comments { get; init; }

    /// <summary>Numbers of the report that are not what was measured beside it.</summary>
    public IReadOnlyList<string> WrongNumbers { get; init; } = [];

    /// <summary>Secrets and addresses in public text.</summary>
    public IReadOnlyList<string> Leaks { get; init; } = [];

    /// <summary>How the medic itself calls it; not judged.</summary>
    public string? Said { get; init; }

    /// <summary>It did not come to an end in its time, or died.</summary>
    public string? Failure { get; init; }
}
