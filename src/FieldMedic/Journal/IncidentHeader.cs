using FieldMedic.Incidents;

namespace FieldMedic.Journal;

/// <summary>One line of the list of incidents. Issues: every issue the incident serves.</summary>
public sealed record IncidentHeader(
    IncidentId Id,
    string System,
    IncidentLifecycle Lifecycle,
    DateTimeOffset OpenedAt,
    DateTimeOffset LastAt,
    IReadOnlyList<IssueRef> Issues)
{
    /// <summary>The lifecycle an event leads to; null when it changes nothing.</summary>
    public static IncidentLifecycle? After(IncidentEvent happened) => happened switch
    {
        IncidentEvent.IncidentOpened => IncidentLifecycle.Active,
        IncidentEvent.WatchStarted => IncidentLifecycle.Watching,
        IncidentEvent.Relapsed => IncidentLifecycle.Active,
        IncidentEvent.IncidentEnded => IncidentLifecycle.Over,
        _ => null,
    };
}
