namespace FieldMedic.Incidents;

/// <summary>The closed set of what Verify can say.</summary>
public enum Verdict
{
    /// <summary>Gone, sustained over the window, the user's path answers, nothing got worse.</summary>
    Resolved,

    /// <summary>Works now, but the cause remains (the remedy is a temporary one).</summary>
    Mitigated,

    /// <summary>Still there, or back inside the window, or another problem stands behind it.</summary>
    NotResolved,

    /// <summary>It could not be measured.</summary>
    Unverifiable,

    /// <summary>The problem may be gone, but something that worked before does not now.</summary>
    Regressed,
}
