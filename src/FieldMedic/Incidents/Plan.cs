namespace FieldMedic.Incidents;

/// <summary>The ordered actions that would run now for one finding: one rung of its ladder.</summary>
/// <param name="Finding">Key of the finding it treats.</param>
/// <param name="Remedy">The rung.</param>
/// <param name="Actions">At least one.</param>
/// <param name="Skipped">Cheaper rungs that were passed over, each with the reason.</param>
public sealed record Plan(string Finding, string Remedy, IReadOnlyList<PlannedAction> Actions, IReadOnlyList<string> Skipped)
{
    public bool Equals(Plan? other)
        => other is not null && Finding == other.Finding && Remedy == other.Remedy
            && Actions.SequenceEqual(other.Actions) && Skipped.SequenceEqual(other.Skipped);

    public override int GetHashCode() => HashCode.Combine(Finding, Remedy, Actions.Count);
}
