using FieldMedic.Intake;
using FieldMedic.Journal;
using FieldMedic.Systems;
using FieldMedic.Tracker;

namespace FieldMedic;

/// <summary>Everything the engine needs from outside.</summary>
public sealed record MedicPorts
{
    public required SystemUnderCare System { get; init; }

    public required IJournal Journal { get; init; }

    public required ISystemLocks Locks { get; init; }

    public required IControls Controls { get; init; }

    public required IComplaintTriage Triage { get; init; }

    public required ISecretValues Secrets { get; init; }

    /// <summary>Null where only <c>remediate</c> and <c>status</c> are used.</summary>
    public IIssueTracker? Tracker { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
