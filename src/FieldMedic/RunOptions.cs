using FieldMedic.Incidents;

namespace FieldMedic;

/// <summary>Options of one run.</summary>
public sealed record RunOptions
{
    /// <summary>Diagnose and decide only; nothing is written anywhere, the journal and the tracker included.</summary>
    public bool DryRun { get; init; }

    /// <summary>Stay through the watch window instead of leaving it to the next run or <c>fieldmedic watch</c>.</summary>
    public bool Follow { get; init; }

    /// <summary>Do not wait for the answer of an incident that the issue was added to: for hosts that look after unfinished incidents anyhow.</summary>
    public bool LeaveWhenJoined { get; init; }

    /// <summary>The operator at the terminal agrees to a plan that waits for approval.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>The plan a dry run has shown: exactly this one may run. Where another is needed, nothing is done and the run escalates.</summary>
    public Plan? OnlyPlan { get; init; }

    /// <summary>Who ordered this run and was found to be allowed to; the policy on who may start a repair is not asked again.</summary>
    public string? OrderedBy { get; init; }
}
