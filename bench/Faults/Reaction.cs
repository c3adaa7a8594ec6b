namespace FieldMedic.Bench.Faults;

/// <summary>What a good engineer would do about a scenario.</summary>
internal enum Reaction
{
    /// <summary>Repair, prove, close.</summary>
    Fix,

    /// <summary>Relieve, say that it is temporary, close.</summary>
    Mitigate,

    /// <summary>Touch nothing, keep it open, name the cause.</summary>
    Escalate,

    /// <summary>Nothing is wrong: touch nothing.</summary>
    None,
}
