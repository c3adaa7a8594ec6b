namespace FieldMedic.Packs;

/// <summary>How much a remedy can hurt.</summary>
public enum Risk
{
    /// <summary>Starts what should run.</summary>
    Low,

    /// <summary>Interrupts what runs.</summary>
    Medium,

    /// <summary>Loses work in progress.</summary>
    High,
}
