using FieldMedic.Incidents;
using FieldMedic.Intake;
using FieldMedic.Limits;
using FieldMedic.Packs;

namespace FieldMedic.Decide;

/// <summary>What shall we do, or who? The decision tree, from "can we see it" down to "may we".</summary>
internal sealed class DecideStage(Pack pack, ProblemCatalogue catalogue, Ladder ladder, Mandate mandate, SafetyLimits limits, HoldCheck hold) : IStage
{
    public async Task<IncidentEvent?> RunAsync(Incident incident, CancellationToken cancellationToken)
        => new IncidentEvent.Decided(await DecideAsync(incident, cancellationToken).ConfigureAwait(false));

    private async Task<Decision> DecideAsync(Incident incident, CancellationToken cancellationToken)
    {
        if (incident.Latest is not { IsObservable: true } snapshot)
        {
            var failed = incident.Latest?.Probes.Where(p => p is { Required: true, Failure: not null }).Select(p => $"{p.Probe}: {p.Failure}") ?? [];
            return new Decision.Escalate(EscalationReason.CannotObserve, string.Join("; ", failed));
        }

        if (incident.Refusal is { } refusal)
        {
            return new Decision.Escalate(refusal.Reason, refusal.Detail);
        }

        var findings = incident.Findings.Where(incident.Covers).ToList();
        return findings.Count == 0
            ? NothingFound(incident)
            : await TreatAsync(incident, findings, cancellationToken).ConfigureAwait(false);
    }

    private Decision NothingFound(Incident incident)
    {
        if (incident.HasActed)
        {
            // Confirmed once already and still no proof: asking again would go round for ever.
            return incident is { Decision: Decision.Confirm, Verified: { } verified }
                ? new Decision.Escalate(EscalationReason.Unverifiable, verified.Reason)
                : new Decision.Confirm();
        }

        var undecided = incident.Undecided.Where(key => catalogue.IsInScope(incident, key)).ToList();
        if (undecided.Count > 0)
        {
            return new Decision.Escalate(EscalationReason.PartlyUnobserved, $"could be neither confirmed nor ruled out: {string.Join(", ", undecided)}");
        }

        if (incident.Issues.IsEmpty)
        {
            return new Decision.Reply();
        }

        return Nature(incident.Issues[0].Complaint) switch
        {
            ComplaintNature.StatusRequest => new Decision.Reply(),
            ComplaintNature.Person or ComplaintNature.Asking => new Decision.Escalate(EscalationReason.NotOurs, "the text asks for something only a person can do"),
            _ => new Decision.Escalate(EscalationReason.NotReproduced, "nothing wrong was measured"),
        };
    }

    private async Task<Decision> TreatAsync(Incident incident, List<Finding> findings, CancellationToken cancellationToken)
    {
        if (mandate.TooSick(incident) is { } tooSick)
        {
            return new Decision.Escalate(tooSick.Reason, tooSick.Detail);
        }

        if (incident.Attempts >= pack.Policy.Attempts)
        {
            return new Decision.Escalate(EscalationReason.AttemptsSpent, $"{incident.Attempts} attempts were made (limit {pack.Policy.Attempts})");
        }

        var (plan, dead) = await NextPlanAsync(incident, findings, cancellationToken).ConfigureAwait(false);
        return plan is null ? dead : await MayWeAsync(incident, plan, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The first root finding that has a usable rung is treated; one that has none waits for a person until the others are done.</summary>
    private async Task<(Plan? Plan, Decision DeadEnd)> NextPlanAsync(Incident incident, List<Finding> findings, CancellationToken cancellationToken)
    {
        Decision? deadEnd = null;
        foreach (var root in catalogue.Roots(findings))
        {
            var (plan, skipped) = await ladder.NextAsync(incident, root, cancellationToken).ConfigureAwait(false);
            if (plan is not null)
            {
                return (plan, deadEnd ?? new Decision.Confirm());
            }

            deadEnd ??= DeadEnd(incident, root, skipped);
        }

        return (null, deadEnd ?? new Decision.Escalate(EscalationReason.NotFixable, "the findings explain one another in a circle"));
    }

    private static Decision.Escalate DeadEnd(Incident incident, Finding root, IReadOnlyList<string> skipped)
    {
        var wasTried = incident.Tried.Any(t => t.StartsWith(root.Key + ":", StringComparison.Ordinal));
        var why = skipped.Count == 0 ? $"{root.Key} has no remedy on the allow-list" : string.Join("; ", skipped);
        return new Decision.Escalate(wasTried ? EscalationReason.RemediesExhausted : EscalationReason.NotFixable, why);
    }

    private async Task<Decision> MayWeAsync(Incident incident, Plan plan, CancellationToken cancellationToken)
    {
        if (await hold.IsHeldAsync(incident, cancellationToken).ConfigureAwait(false))
        {
            return new Decision.Hold(HoldReason.HoldLabel);
        }

        foreach (var action in plan.Actions)
        {
            if (await limits.CheckAsync(action, cancellationToken).ConfigureAwait(false) is { } refusal)
            {
                return new Decision.Escalate(refusal.Reason, refusal.Detail);
            }
        }

        if (Mandate.NotAsShown(incident, plan) is { } changed)
        {
            return new Decision.Escalate(changed.Reason, changed.Detail);
        }

        var isApproved = Mandate.IsApproved(incident, plan);
        return mandate.Of(incident, plan.Remedy) switch
        {
            Autonomy.Observe => new Decision.Escalate(EscalationReason.NotFixable, "the pack lets FieldMedic only observe here"),
            Autonomy.Approve when !isApproved => new Decision.AwaitApproval(plan),
            _ when !isApproved && await hold.AtWorkAsync(incident, cancellationToken).ConfigureAwait(false) is { } human => new Decision.AwaitApproval(plan, human),
            _ => new Decision.Fix(plan),
        };
    }

    /// <summary>By the strongest kind; a text that matches nothing counts as a fault nobody could reproduce.</summary>
    private ComplaintNature Nature(Complaint complaint)
        => pack.Complaints.FirstOrDefault(c => complaint.Kinds.Count > 0 && c.Id == complaint.Kinds[0])?.Nature ?? ComplaintNature.Fault;
}
