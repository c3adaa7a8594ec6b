using FieldMedic.Incidents;
using FieldMedic.Packs;

namespace FieldMedic.Limits;

/// <summary>What the pack lets us do at all: the autonomy of a remedy, and how sick a system may be before hands stay off it.</summary>
public sealed class Mandate(Pack pack)
{
    /// <summary>What may be done with a remedy in this incident: what the pack says, and never without approval for a reporter who may start nothing.</summary>
    public Autonomy Of(Incident incident, string remedy)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return incident.NeedsApproval && Of(remedy) == Autonomy.Auto ? Autonomy.Approve : Of(remedy);
    }

    private Autonomy Of(string remedy) => pack.Remedies.GetValueOrDefault(remedy)?.Autonomy ?? pack.Policy.Autonomy;

    /// <summary>A plan a maintainer agreed to covers this action of this finding, and no other.</summary>
    public static bool IsApproved(Incident incident, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(plan);
        return incident.ApprovedPlan is { } agreed && agreed.Finding == plan.Finding && agreed.Remedy == plan.Remedy && plan.Actions.All(agreed.Actions.Contains);
    }

    /// <summary>Why a plan other than the one that was shown may not run; null when it is that one, or any may.</summary>
    public static LimitRefusal? NotAsShown(Incident incident, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(plan);
        // Once a part of it was done the rest may follow; before that it is the whole plan or nothing.
        return incident.OnlyPlan is not { } shown
            || (shown.Finding == plan.Finding && shown.Remedy == plan.Remedy && plan.Actions.All(shown.Actions.Contains) && (incident.HasActed || plan.Actions.Count == shown.Actions.Count))
            ? null
            : new LimitRefusal(EscalationReason.PlanChanged, $"needed now: {plan.Remedy} on {string.Join(", ", plan.Actions.Select(a => a.Target))}; shown was {shown.Remedy} on {string.Join(", ", shown.Actions.Select(a => a.Target))}");
    }

    /// <summary>Why nothing may be done in this state of the system; null when something may.</summary>
    public LimitRefusal? TooSick(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var sick = incident.Findings.Select(f => f.Service).Where(s => s is not null).Distinct(StringComparer.Ordinal).Count();
        return sick > pack.Policy.MaxSickServices
            ? new LimitRefusal(EscalationReason.TooManySick, $"{sick} services are sick at once (limit {pack.Policy.MaxSickServices})")
            : null;
    }

    /// <summary>The executor's question, whatever was decided before: null when this plan may run.</summary>
    public LimitRefusal? Refuse(Incident incident, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Of(incident, plan.Remedy) switch
        {
            Autonomy.Observe => new LimitRefusal(EscalationReason.NotFixable, "the pack lets FieldMedic only observe here"),
            Autonomy.Approve when !IsApproved(incident, plan) => new LimitRefusal(EscalationReason.NotFixable, "nobody has approved this"),
            _ => NotAsShown(incident, plan) ?? TooSick(incident),
        };
    }
}
