namespace FieldMedic.Incidents;

/// <summary>How an incident ended for the people who wait on it.</summary>
public enum IncidentOutcome
{
    /// <summary>Fixed, proved, issue closed.</summary>
    Closed,

    /// <summary>A status request, answered with numbers and closed.</summary>
    Answered,

    /// <summary>A person is needed; the issue stays open.</summary>
    Escalated,

    /// <summary>The bot stood back (hold, or waiting for approval).</summary>
    Held,
}
