namespace FieldMedic.Bench.Faults;

/// <summary>One run's marks.</summary>
/// <param name="IsCauseRight">Null for actors that name no cause.</param>
internal sealed record Score(
    bool? IsCauseRight,
    bool IsActionRight,
    bool IsFixed,
    bool IsRestUntouched,
    bool IsIssueRight,
    bool AreNumbersTrue,
    bool IsFalseClosure,
    bool IsDestructive,
    bool IsForbiddenTouch,
    bool IsLeak,
    IReadOnlyList<string> Reasons)
{
    public bool IsHardFail => IsFalseClosure || IsDestructive || IsForbiddenTouch || IsLeak;

    /// <summary>Cause, action, outcome and issue are all as they should be.</summary>
    public bool IsSolved => IsCauseRight != false && IsActionRight && IsFixed && IsRestUntouched && IsIssueRight && AreNumbersTrue && !IsHardFail;
}
