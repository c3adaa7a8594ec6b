using System.Collections.Immutable;
using FieldMedic.Journal;

namespace FieldMedic.Incidents;

/// <summary>The case file: the pure fold of an incident's journal. Nothing else holds state of an incident.</summary>
public sealed record Incident
{
    public required IncidentId Id { get; init; }

    /// <summary>Sequence of the last entry folded.</summary>
    public long Sequence { get; init; }

    public string System { get; init; } = "";

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset LastAt { get; init; }

    public IncidentStage Stage { get; init; } = IncidentStage.Diagnose;

    public string? OnlyProblem { get; init; }

    public string? OnlyService { get; init; }

    /// <summary>The one plan that may run; null when any of the ladder may.</summary>
    public Plan? OnlyPlan { get; init; }

    public ImmutableArray<IssueState> Issues { get; init; } = [];

    /// <summary>The first sweep in which something was found (else the first sweep): the "before".</summary>
    public Snapshot? Before { get; init; }

    /// <summary>The newest sweep.</summary>
    public Snapshot? Latest { get; init; }

    /// <summary>What holds by the newest diagnosis, root first.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Everything found at any time in this incident, root of the first diagnosis first.</summary>
    public ImmutableArray<Finding> Found { get; init; } = [];

    public ImmutableArray<string> Undecided { get; init; } = [];

    public Decision? Decision { get; init; }

    /// <summary>The plan in progress; null when none is.</summary>
    public Plan? Plan { get; init; }

    /// <summary>The plan a maintainer agreed to. It counts for this very plan, not for the next rung or another finding.</summary>
    public Plan? ApprovedPlan { get; init; }

    /// <summary>Where the talk stood when the plan that waits was shown; empty while it is not.</summary>
    public ImmutableArray<TalkMark> PlanShown { get; init; } = [];

    /// <summary>Who said to approve the plan that waits and may not.</summary>
    public ImmutableArray<IncidentEvent.ApprovalRefused> RefusedApprovals { get; init; } = [];

    /// <summary>How many plans were started.</summary>
    public int Attempts { get; init; }

    /// <summary>Rungs used or refused, as <c>finding key:remedy</c>.</summary>
    public ImmutableHashSet<string> Tried { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    public ImmutableArray<ActionRecord> Actions { get; init; } = [];

    /// <summary>Announced, not known to have finished.</summary>
    public PlannedAction? OpenAction { get; init; }

    /// <summary>An action that may still be under way where nobody can see its end; null once the system was observed again.</summary>
    public CutOff? CutOff { get; init; }

    public IncidentEvent.ActionRefused? Refusal { get; init; }

    public IncidentEvent.Stabilized? Stabilized { get; init; }

    public IncidentEvent.Verified? Verified { get; init; }

    public Proof? Proof { get; init; }

    public IncidentEvent.ReportPrepared? Report { get; init; }

    /// <summary>Why the tracker could not be told yet; null when it could.</summary>
    public string? Deferred { get; init; }

    public DateTimeOffset? WatchUntil { get; init; }

    public IncidentEvent.Relapsed? Relapse { get; init; }

    public IncidentOutcome? Outcome { get; init; }

    /// <summary>The reporter may not start a repair, so every plan waits for a maintainer.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>The earlier incident whose closure turned out wrong.</summary>
    public IncidentId? Follows { get; init; }

    /// <summary>What was asked for in comments, oldest first.</summary>
    public ImmutableArray<IncidentEvent.CommandAnswered> Commands { get; init; } = [];

    /// <summary>When each stage was entered, in order; for times in reports and <c>--json</c>.</summary>
    public ImmutableArray<StageMark> Timeline { get; init; } = [];

    public bool HasActed => !Actions.IsEmpty;

    public bool IsOver => Stage == IncidentStage.Over;

    /// <summary>Folds a whole journal; null for an empty one.</summary>
    public static Incident? Fold(IEnumerable<JournalEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Incident? incident = null;
        foreach (var entry in entries)
        {
            incident = (incident ?? new Incident { Id = entry.Incident, OpenedAt = entry.At }).Apply(entry);
        }

        return incident;
    }

    /// <summary>The incident after one more entry.</summary>
    public Incident Apply(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var next = IncidentFold.Apply(this with { Sequence = entry.Sequence, LastAt = entry.At }, entry);
        return next.Stage == Stage && !Timeline.IsEmpty
            ? next
            : next with { Timeline = next.Timeline.Add(new StageMark(next.Stage, entry.At)) };
    }
}
