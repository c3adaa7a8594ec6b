namespace FieldMedic.Journal;

/// <summary>The coarse state of an incident that a store keeps for listing; derived from the newest event that changes it.</summary>
public enum IncidentLifecycle
{
    /// <summary>Work is going on, or would be if a process drove it.</summary>
    Active,

    /// <summary>Closed, and watched for a relapse.</summary>
    Watching,

    /// <summary>Nothing more will happen.</summary>
    Over,
}
