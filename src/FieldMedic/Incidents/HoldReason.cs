namespace FieldMedic.Incidents;

/// <summary>Why the bot stands back.</summary>
public enum HoldReason
{
    /// <summary>The issue carries the hold label.</summary>
    HoldLabel,

    /// <summary>The issue is closed already.</summary>
    AlreadyClosed,

    /// <summary>The pack does not let this reporter start a repair.</summary>
    NotTriggered,
}
