namespace FieldMedic.Packs;

/// <summary>What a kind of complaint asks for.</summary>
public enum ComplaintNature
{
    /// <summary>Something is said to be broken.</summary>
    Fault,

    /// <summary>Asks how the system is doing; may be answered and closed when healthy.</summary>
    StatusRequest,

    /// <summary>Needs a person whatever the probes say (a feature, a permission, a bug in code).</summary>
    Person,

    /// <summary>Asks or wishes, and needs a person. People ask about faults, too: a fault that is named as clearly comes first.</summary>
    Asking,
}
