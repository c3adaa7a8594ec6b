using FieldMedic.Incidents;

namespace FieldMedic.Kpis;

/// <summary>What an incident counts as.</summary>
internal static class IncidentJudgement
{
    extension(Incident incident)
    {
        /// <summary>The people who wait on it were told how it ended.</summary>
        public bool IsTold => incident is { Outcome: not null, Report: not null, Stage: IncidentStage.Watch or IncidentStage.Over };

        /// <summary>Why a person has it now: the whole incident, or one of its issues that the repair did not explain.</summary>
        public EscalationReason? LeftBecause => incident.Report?.Escalation ?? incident.Issues.Select(i => i.Reason).FirstOrDefault(r => r is not null);

        /// <summary>We told somebody that it is over.</summary>
        public bool WasClosed => incident.IsFalseClosure || (incident.Outcome is IncidentOutcome.Closed or IncidentOutcome.Answered && incident.LeftBecause is null);

        public bool IsFalseClosure => incident.Relapse is not null || incident.Issues.Any(i => i.Disputed);

        public bool IsResolved => incident.WasClosed && !incident.IsFalseClosure;

        public bool IsProved => incident.Verified?.Verdict is Verdict.Resolved or Verdict.Mitigated && !incident.IsFalseClosure;
    }
}
